import assert from "node:assert/strict";
import test from "node:test";

import { figureOf, isReached, typedAnswer } from "../../static/js/core/lesson-goals.js";

/** @param {object} snapshot @param {object} [document] @returns {any} */
const trained = (snapshot, document = { network: { hidden: [] }, training: { l2: 0 } }) => ({
  snapshot: { step: 1, ...snapshot },
  document,
});

test("a goal is reached at its value, and not before", () => {
  assert.equal(isReached([["accuracy", "least", 0.95]], trained({ accuracy: 0.95 })), true);
  assert.equal(isReached([["accuracy", "least", 0.95]], trained({ accuracy: 0.9499 })), false);
  assert.equal(isReached([["loss", "most", 0.05]], trained({ loss: 0.051 })), false);
});

test("nothing is reached before the first step, or by a figure that is not known", () => {
  assert.equal(isReached([["loss", "most", 9]], trained({ loss: 1, step: 0 })), false);
  assert.equal(isReached([["test_accuracy", "least", 0]], trained({ test_accuracy: null })), false);
});

test("all goals count", () => {
  const both = /** @type {import("../../static/js/core/lesson-goals.js").Goal[]} */ ([
    ["training.l2", "least", 0.3],
    ["step", "least", 200],
  ]);
  const document = { network: { hidden: [] }, training: { l2: 0.3 } };
  assert.equal(isReached(both, trained({ step: 200 }, document)), true);
  assert.equal(isReached(both, trained({ step: 199 }, document)), false);
});

test("dead is the worst layer's share", () => {
  const layers = [{ dead_fraction: 0.1 }, { dead_fraction: 0.4 }, { dead_fraction: null }];
  assert.equal(figureOf("dead", trained({ layers })), 0.4);
});

test("an answer is a number in either convention, and nothing else is one", () => {
  assert.equal(typedAnswer(" 0,5 "), 0.5);
  assert.equal(typedAnswer("−3"), -3);
  for (const text of ["", "26 or so", "1e3", "0x10"]) assert.equal(typedAnswer(text), null);
});
