import assert from "node:assert/strict";
import test from "node:test";

import { doneIn, isReached, isRight, keepDone, measured } from "../../static/js/core/lesson-goals.js";
import { curvePath } from "../../static/js/views/lessons/bench.js";

/** @type {any} */
const session = {
  snapshot: { accuracy: 0.9, num_parameters: 41, loss: null, layers: [{ dead_fraction: 0.3 }, { dead_fraction: 0.9 }] },
  document: { training: { l2: 0.01 } },
};

test("a goal looks at the snapshot, the document or the hidden layers", () => {
  assert.equal(measured("accuracy", session), 0.9);
  assert.equal(measured("loss", session), null);
  assert.equal(measured("l2", session), 0.01);
  assert.equal(measured("dead", session), 0.3); // the output layer does not count
});

test("a goal is reached from below, from above or exactly", () => {
  const goal = (/** @type {string} */ rule) => ({ field: "", rule, value: 0.5 });
  assert.ok(isReached(goal("least"), 0.5) && !isReached(goal("least"), 0.4));
  assert.ok(isReached(goal("most"), 0.4) && !isReached(goal("most"), 0.6));
  assert.ok(isReached(goal("equal"), 0.5) && !isReached(goal("equal"), 0.6));
  assert.ok(!isReached(goal("most"), null));
});

test("an answer is right to a thousandth, and nothing is no answer", () => {
  assert.ok(isRight("41", " 41.0"));
  assert.ok(!isRight("41", "26"));
  assert.ok(!isRight("0", ""));
});

test("what is done is kept once, by lesson, and broken memory is forgotten", () => {
  const kept = new Map();
  /** @type {any} */
  const storage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  };
  keepDone(storage, "layers", "41");
  keepDone(storage, "layers", "41");
  keepDone(storage, "power", "fit");
  assert.deepEqual(doneIn(storage), { layers: ["41"], power: ["fit"] });
  kept.set("nnlab-lessons", "{");
  assert.deepEqual(doneIn(storage), {});
});

test("the bench's curve passes one half where the sum is zero", () => {
  assert.match(curvePath(2, 0), /L120\.0 60\.0L/);
});
