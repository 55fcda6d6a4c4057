import assert from "node:assert/strict";
import test from "node:test";
import { isSlowMotion } from "../../static/js/core/pacing.js";
import { BACKWARD, FORWARD, LOSS, UPDATE, figureOf, flowAt, walkLength_ms } from "../../static/js/core/phases.js";

/** @param {number} gradient_norm @param {number|null} update_ratio */
const layer = (gradient_norm, update_ratio) => ({ activation_norm: 1, gradient_norm, update_ratio });
const PHASES = {
  step: 4,
  points: [1, 2, 3],
  loss: 0.75,
  data_loss: 0.7,
  reg_loss: 0.05,
  layers: [layer(0.25, 0.0012), layer(2, 3e-6), layer(0.5, null)],
};

test("up to two updates a second are slow motion", () => {
  assert.ok(isSlowMotion({ steps_per_second: 2, frames_per_second: 12, resolution: 100 }));
  assert.ok(!isSlowMotion({ steps_per_second: 2.5, frames_per_second: 12, resolution: 100 }));
});

test("while training runs a walk ends before the next update, and never takes for ever", () => {
  for (const pace of [0.5, 1, 2]) assert.ok(walkLength_ms(true, pace) < 1000 / pace);
  assert.ok(walkLength_ms(true, 0.1) <= 8000);
  assert.equal(walkLength_ms(false, 1), walkLength_ms(false, 0.1));
});

test("the flow runs to the right in the forward phase and to the left in the backward phase", () => {
  const layers = (/** @type {number} */ phase) => [0, 0.4, 0.9, 1].map((share) => flowAt(phase, share, 3).layer);
  assert.deepEqual(layers(FORWARD), [1, 2, 3, 3]);
  assert.deepEqual(layers(BACKWARD), [3, 2, 1, 1]);
  assert.ok(Math.abs(flowAt(FORWARD, 0.5, 3).share - 0.5) < 1e-9);
});

test("each phase has its figure at the layers: the loss at the output, gradients and updates everywhere", () => {
  const figures = (/** @type {number} */ phase) => [1, 2, 3].map((number) => figureOf(PHASES, phase, number));
  assert.deepEqual(figures(FORWARD), ["", "", ""]);
  assert.deepEqual(figures(LOSS), ["", "", "0.750"]);
  assert.deepEqual(figures(BACKWARD), ["0.250", "2.00", "0.500"]);
  assert.deepEqual(figures(UPDATE), ["0.0012", "3.0e-6", "–"]);
});
