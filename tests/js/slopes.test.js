import assert from "node:assert/strict";
import test from "node:test";

import { ACTIVATIONS } from "../../static/js/core/activations.js";
import { SLOPES, isFlat } from "../../static/js/core/slopes.js";

test("away from kinks a slope is what the function changes by", () => {
  for (const [name, f] of Object.entries(ACTIVATIONS))
    for (const z of [-5, -0.7, 0.3, 4]) {
      const difference = (f(z + 1e-5) - f(z - 1e-5)) / 2e-5;
      assert.ok(Math.abs(SLOPES[name](z) - difference) < 1e-9, `${name} at ${z}`);
    }
});

test("at the kink it is the left one, as in training", () => {
  assert.deepEqual([SLOPES.relu(0), SLOPES.leaky_relu(0)], [0, 0.01]);
});

test("a leaky ReLU lets a gradient through everywhere, a sigmoid not at its ends, nor a ReLU below zero", () => {
  assert.ok(!isFlat(SLOPES.leaky_relu(-6)));
  assert.ok(isFlat(SLOPES.sigmoid(5)) && isFlat(SLOPES.sigmoid(-5)) && !isFlat(SLOPES.sigmoid(3)));
  assert.ok(isFlat(SLOPES.relu(-1)) && !isFlat(SLOPES.relu(1)));
});
