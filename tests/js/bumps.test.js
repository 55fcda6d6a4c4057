import assert from "node:assert/strict";
import test from "node:test";

import { bumpsOf, largestError } from "../../static/js/core/bumps.js";

test("bumps cover the range and are as high as the curve at their middles", () => {
  const bumps = bumpsOf((x) => 2 * x, 4, [0, 8]);
  assert.deepEqual(bumps[1], { from: 2, to: 4, height: 6 });
  assert.equal(bumps.at(-1)?.to, 8);
});

test("a straight line's error is half a bump's rise, and halves with twice the bumps", () => {
  const line = (/** @type {number} */ x) => x;
  for (const count of [1, 2, 4, 8]) {
    const error = largestError(line, bumpsOf(line, count, [0, 1]));
    assert.ok(Math.abs(error - 0.5 / count) < 1e-12);
  }
});
