import assert from "node:assert/strict";
import test from "node:test";
import { shadeCells } from "../../static/js/draw/regions-layer.js";
import { mix, parseHex, shade, shadingTable } from "../../static/js/core/palette.js";
import { LEVELS, decodeLabels, decodeLevels } from "../../static/js/core/regions.js";
import { cellAt } from "../../static/js/core/warp.js";

test("labels are one digit per cell", () => {
  assert.deepEqual([...decodeLabels("0127")], [0, 1, 2, 7]);
});

test("levels follow the base64 alphabet, A = 0 to / = 63", () => {
  assert.deepEqual([...decodeLevels("AZaz09+/")], [0, 25, 26, 51, 52, 61, 62, 63]);
});

test("a buffer of the right size is used again, another is not", () => {
  const buffer = decodeLabels("0000");
  assert.equal(decodeLabels("1111", buffer), buffer);
  assert.notEqual(decodeLabels("11111", buffer), buffer);
});

test("row 0 of the grid lies at the largest y", () => {
  /** @type {{rows: number, cols: number, x_range: [number, number], y_range: [number, number]}} */
  const grid = { rows: 4, cols: 4, x_range: [-2, 2], y_range: [-2, 2] };
  assert.equal(cellAt(grid, -1.9, 1.9), 0);
  assert.equal(cellAt(grid, 1.9, -1.9), 15);
  assert.equal(cellAt(grid, 2.1, 0), -1);
});

test("colours mix channel by channel", () => {
  assert.deepEqual(parseHex("#0072b2"), [0, 114, 178]);
  assert.deepEqual(mix([0, 0, 0], [255, 100, 10], 0.5), [128, 50, 5]);
});

test("shading grows with certainty and is least at a guess, whatever the number of classes", () => {
  assert.equal(shade(1 / 2, 2), shade(1 / 5, 5));
  assert.equal(shade(1, 2), shade(1, 5));
  assert.ok(shade(0.6, 2) < shade(0.9, 2));
  assert.equal(shade(0.1, 2), shade(0.5, 2));
});

test("each cell gets the colour of its label and level", () => {
  const table = shadingTable(
    [
      [0, 0, 255],
      [255, 0, 0],
    ],
    [255, 255, 255],
    2,
  );
  const pixels = new Uint32Array(2);
  shadeCells(pixels, Uint8Array.of(0, 1), Uint8Array.of(63, 63), table);
  assert.deepEqual([...pixels], [table[63], table[LEVELS + 63]]);
  const blue = (table[63] >>> 16) & 255;
  const red = table[63] & 255;
  assert.ok(blue === 255 && red < 255, "a certain class 0 is blue");
});
