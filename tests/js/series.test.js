import assert from "node:assert/strict";
import test from "node:test";
import { emptySeries, nearestIndex, record, seriesOf } from "../../static/js/core/series.js";

/** @param {number} step @param {number} [loss] */
const at = (step, loss = 1) => /** @type {any} */ ({ step, loss, data_loss: loss, test_loss: null, accuracy: 0.5 });

test("snapshots become columns; what is missing is null", () => {
  const series = emptySeries();
  record(series, at(10, 0.5));
  assert.deepEqual([series.step, series.loss, series.test_accuracy], [[10], [0.5], [null]]);
});

test("going back in time forgets what lay ahead", () => {
  const series = emptySeries();
  [0, 10, 20, 30].forEach((step) => record(series, at(step)));
  record(series, at(10, 9));
  assert.deepEqual(
    [series.step, series.loss],
    [
      [0, 10],
      [1, 9],
    ],
  );
  record(series, at(0));
  assert.deepEqual(series.step, [0]);
});

test("going back with a way forward keeps what lies ahead, until training takes another course", () => {
  const series = emptySeries();
  [0, 10, 20, 30].forEach((step) => record(series, at(step)));
  record(series, { ...at(12), last_step: 30 });
  assert.deepEqual(series.step, [0, 10, 20, 30]);
  record(series, { ...at(13), last_step: 13 });
  assert.deepEqual(series.step, [0, 10, 13]);
});

test("a long series is thinned and keeps its newest entry", () => {
  const series = emptySeries();
  for (let step = 0; step < 10_000; step++) record(series, at(step));
  assert.ok(series.step.length <= 1200);
  assert.equal(series.step.at(-1), 9999);
  assert.equal(series.loss.length, series.step.length);
});

test("the nearest entry is found on both sides", () => {
  assert.deepEqual(
    [-5, 4, 6, 19, 21, 99].map((step) => nearestIndex([0, 10, 30], step)),
    [0, 0, 1, 1, 2, 2],
  );
  assert.equal(nearestIndex([], 3), -1);
});

test("the server's history fills the columns it has", () => {
  assert.deepEqual(seriesOf({ step: [0, 1], loss: [2, 1] }).test_loss, [null, null]);
});
