import assert from "node:assert/strict";
import test from "node:test";
import { refine } from "../../static/js/core/smoothing.js";

/** @param {number} rows @param {number} cols @param {number[]} labels @param {number[]} levels */
const cells = (rows, cols, labels, levels) => ({
  rows,
  cols,
  labels: Uint8Array.from(labels),
  levels: Uint8Array.from(levels),
});

/** @param {ReturnType<typeof cells>} coarse @param {number} factor */
function refined(coarse, factor) {
  const [rows, cols] = [coarse.rows * factor, coarse.cols * factor];
  const fine = { rows, cols, labels: new Uint8Array(rows * cols), levels: new Uint8Array(rows * cols) };
  refine(coarse, fine);
  return fine;
}

test("a region of one class keeps its class and level", () => {
  const fine = refined(cells(2, 2, [3, 3, 3, 3], [40, 40, 40, 40]), 4);
  assert.deepEqual([new Set(fine.labels), new Set(fine.levels)], [new Set([3]), new Set([40])]);
});

test("between two classes the probability is interpolated, so that it is least at the boundary", () => {
  const fine = refined(cells(1, 2, [0, 1], [63, 63]), 8);
  assert.deepEqual([...fine.labels.slice(0, 16)], [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  assert.equal(fine.levels[0], 63);
  assert.ok(fine.levels[7] < 40 && fine.levels[7] >= 31);
  assert.ok(fine.levels[4] > fine.levels[5] && fine.levels[5] > fine.levels[6]);
});

test("the boundary of two classes lies where their probabilities are equal, not between the cells", () => {
  // p(class 1) rises from 8/63 at the left cell's centre to 36/63 at the right one's: it is 1/2 beyond the middle.
  const fine = refined(cells(1, 2, [0, 1], [55, 36]), 8);
  const boundary = fine.labels.indexOf(1);
  assert.equal(boundary, 4 + Math.ceil(((31.5 - 8) / (36 - 8)) * 8 - 0.5));
});

test("where three classes meet each corner keeps its own", () => {
  const fine = refined(cells(2, 2, [0, 1, 2, 2], [60, 60, 60, 60]), 6);
  const at = (/** @type {number} */ row, /** @type {number} */ col) => fine.labels[row * 12 + col];
  assert.deepEqual([at(0, 0), at(0, 11), at(11, 0), at(11, 11)], [0, 1, 2, 2]);
});
