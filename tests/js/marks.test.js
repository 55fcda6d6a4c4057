import assert from "node:assert/strict";
import test from "node:test";

import { withChange, withWeight } from "../../static/js/core/marks.js";

/** @type {any} */
const FIELDS = { "training.l2": { label: "L2" }, "training.learning_rate": { label: "Learning rate" } };
/** @param {object} training @returns {any} */
const documentOf = (training) => ({ network: { hidden: [] }, training: { l2: 0, learning_rate: 1, ...training } });
/** @param {number} step @param {number} time_ms */
const at = (step, time_ms) => ({ step, time_ms, fields: FIELDS });

test("a change of a setting is marked at its step, from what to what", () => {
  const marks = withChange([], documentOf({}), documentOf({ l2: 0.5 }), at(120, 0));
  assert.deepEqual(marks, [{ step: 120, time_ms: 0, name: "L2", from: "0", to: "0.5" }]);
  assert.deepEqual(withChange(marks, documentOf({}), documentOf({}), at(130, 9000)), marks);
});

test("a drag is one mark, from where it began to where it ended; one that comes back is none", () => {
  const first = withChange([], documentOf({}), documentOf({ l2: 0.1 }), at(100, 0));
  const second = withChange(first, documentOf({ l2: 0.1 }), documentOf({ l2: 0.2 }), at(150, 400));
  assert.deepEqual(
    second.map(({ step, from, to }) => [step, from, to]),
    [[100, "0", "0.2"]],
  );
  assert.deepEqual(withChange(second, documentOf({ l2: 0.2 }), documentOf({}), at(160, 800)), []);
  const later = withChange(second, documentOf({ l2: 0.2 }), documentOf({}), at(900, 9000));
  assert.equal(later.length, 2);
});

test("two settings are two marks", () => {
  const marks = withChange([], documentOf({}), documentOf({ l2: 1, learning_rate: 2 }), at(5, 0));
  assert.deepEqual(
    marks.map(({ name }) => name),
    ["L2", "Learning rate"],
  );
});

test("a change of the points is a mark, whatever ids they have; what only has other ids is none", () => {
  const point = { id: 1, x: 0, y: 0, label: 0, held_out: false };
  const before = { ...documentOf({}), points: [point] };
  const changeTo = (/** @type {object[]} */ points) =>
    withChange([], before, { ...before, points }, at(7, 0)).map(({ name, from, to }) => [name, from, to]);
  assert.deepEqual(changeTo([{ ...point, id: 5 }]), []);
  assert.deepEqual(changeTo([point, { ...point, x: 1 }]), [["Points", "1", "2"]]);
  assert.deepEqual(changeTo([{ ...point, x: 1 }]), [["Points", "1", "others"]]);
});

test("a weight set by hand is a mark", () => {
  const [weight] = withWeight([], { layer: 1, row: 1, column: 2, value: 1.5 }, { step: 9, time_ms: 0 });
  assert.deepEqual([weight.step, weight.name, weight.to], [9, "Weight of layer 1, unit 3", "1.5"]);
  const [bias] = withWeight([], { layer: 2, unit: 0, bias: -2 }, { step: 9, time_ms: 0 });
  assert.equal(bias.name, "Bias of layer 2, unit 1");
});
