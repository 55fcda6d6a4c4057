import assert from "node:assert/strict";
import test from "node:test";
import { rootMeanSquare, valueColour, valueShare } from "../../static/js/core/fitted-values.js";

test("the squared loss is half the mean square", () => {
  assert.equal(rootMeanSquare(0.5 * 9), 3);
  assert.equal(rootMeanSquare(null), null);
});

test("values from -1 to 1 run from orange over paper to blue", () => {
  /** @type {any} */
  const colours = {
    classes: [
      [0, 0, 255],
      [255, 128, 0],
    ],
    paper: [255, 255, 255],
  };
  assert.deepEqual([valueShare(-5), valueShare(0), valueShare(1)], [0, 0.5, 1]);
  assert.deepEqual(valueColour(-1, colours, 1), [255, 128, 0]);
  assert.deepEqual(valueColour(0, colours, 1), [255, 255, 255]);
  assert.deepEqual(valueColour(2, colours, 1), [0, 0, 255]);
});
