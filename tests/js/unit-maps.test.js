import assert from "node:assert/strict";
import test from "node:test";
import { flatTable } from "../../static/js/core/flat-table.js";
import { inputMap, paintMap, scaleIndex, signedScale } from "../../static/js/core/unit-maps.js";

const SCALE = signedScale({ positive: [0, 0, 255], negative: [255, 0, 0], paper: [255, 255, 255] });
const blue = (/** @type {number} */ pixel) => (pixel >> 16) & 255;
const red = (/** @type {number} */ pixel) => pixel & 255;

test("zero is paper, positive and negative go to their colours", () => {
  assert.equal(SCALE[64], 0xffffffff);
  assert.ok(blue(SCALE[128]) > red(SCALE[128]) + 100);
  assert.ok(red(SCALE[0]) > blue(SCALE[0]) + 100);
});

test("the end farther from zero has full colour, zero always the middle", () => {
  assert.deepEqual(
    [
      scaleIndex(0, [-1, 4]),
      scaleIndex(4, [-1, 4]),
      scaleIndex(-1, [-1, 4]),
      scaleIndex(5, [5, 5]),
      scaleIndex(0, [0, 0]),
    ],
    [64, 128, 48, 128, 64],
  );
});

test("a map is painted into its place of the sheet and nowhere else", () => {
  const pixels = new Uint32Array(5 * 4);
  paintMap(pixels, { left: 1, top: 2, stride: 5, cols: 2 }, { values: "A//A", value_range: [-1, 1] }, SCALE);
  assert.deepEqual(
    [...pixels.keys()].filter((i) => pixels[i]),
    [11, 12, 16, 17],
  );
  assert.deepEqual([pixels[11], pixels[12], pixels[16], pixels[17]], [SCALE[0], SCALE[128], SCALE[128], SCALE[0]]);
});

test("an input's map runs as its function does, row 0 at the largest y", () => {
  /** @type {import("../../static/js/core/types.js").View} */
  const view = { x_range: [-2, 2], y_range: [-2, 2] };
  assert.deepEqual(inputMap("y", view, 2), { values: "//AA", value_range: [-1, 1] });
  assert.deepEqual(inputMap("x", view, 2), { values: "A/A/", value_range: [-1, 1] });
  assert.equal(inputMap("x*y", view, 2).values, "A//A");
});

test("flat regions have one colour for all levels of a class", () => {
  const table = flatTable(
    [
      [0, 0, 255],
      [255, 0, 0],
    ],
    [255, 255, 255],
  );
  assert.equal(new Set(table.slice(0, 64)).size, 1);
  assert.notEqual(table[0], table[64]);
});
