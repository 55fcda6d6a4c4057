import assert from "node:assert/strict";
import test from "node:test";
import { refine } from "../../static/js/core/smoothing.js";
import { cellsOf, nearestCell, randomField, winnersOf } from "./softmax-fields.js";

/** @param {number} rows @param {number} cols @param {number[]} labels @param {number[]} levels @param {number[]} leads */
const cells = (rows, cols, labels, levels, leads = levels.map(() => 1000)) => ({
  rows,
  cols,
  labels: Uint8Array.from(labels),
  levels: Uint8Array.from(levels),
  leads: Uint16Array.from(leads),
});

/** @param {import("../../static/js/core/smoothing.js").Cells} coarse @param {number} factor */
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

test("the boundary of two classes lies where neither leads, not between the cells", () => {
  // The score of class 1 is 47 behind at the left cell's centre and 9 ahead at the right one's: even 47/56 of the way.
  const fine = refined(cells(1, 2, [0, 1], [55, 36], [470, 90]), 8);
  assert.equal(fine.labels.indexOf(1), 4 + Math.ceil((47 / 56) * 8 - 0.5));
});

test("where three classes meet each corner keeps its own", () => {
  const fine = refined(cells(2, 2, [0, 1, 2, 2], [60, 60, 60, 60]), 6);
  const at = (/** @type {number} */ row, /** @type {number} */ col) => fine.labels[row * 12 + col];
  assert.deepEqual([at(0, 0), at(0, 11), at(11, 0), at(11, 11)], [0, 1, 2, 2]);
});

test("a winner below one half is as probable on the way to the border as in its cell", () => {
  const fine = refined(cells(1, 2, [0, 1], [26, 26]), 8);
  assert.deepEqual(new Set(fine.levels), new Set([26]));
});

/** How many labels differ. @param {Uint8Array} drawn @param {Uint8Array} right */
const wrong = (drawn, right) => drawn.reduce((count, label, i) => count + Number(label !== right[i]), 0);

test("on 200 random fields no class is drawn where another wins more often than by nearest cells", () => {
  const [size, factor] = [16, 3];
  const total = { smooth: 0, nearest: 0 };
  for (let seed = 0; seed < 200; seed++) {
    const classes = [2, 3, 5, 8][seed % 4];
    const field = randomField(seed, classes);
    const [coarse, truth] = [cellsOf(field, size), winnersOf(field, size * factor)];
    const nearestLabels = truth.map((_, i) => coarse.labels[nearestCell(i, size, factor)]);
    const found = [wrong(refined(coarse, factor).labels, truth), wrong(nearestLabels, truth)];
    assert.ok(found[0] <= found[1], `field ${seed} of ${classes} classes: ${found} wrong cells`);
    total.smooth += found[0];
    total.nearest += found[1];
  }
  assert.ok(total.smooth < 0.3 * total.nearest, `${total.smooth} and ${total.nearest}`);
});
