import assert from "node:assert/strict";
import test from "node:test";

import { borderLength, countRegions } from "../../static/js/core/borders.js";

const VIEW = /** @type {{x_range: [number, number], y_range: [number, number]}} */ ({
  x_range: [-6, 6],
  y_range: [-3, 3],
});

/**
 * Cells of the view in which the label with the largest score wins, with leads as the server sends them: 16 levels of the root.
 * @param {((x: number, y: number) => number)[]} scores one for each label
 * @param {number} [size]
 */
function cellsOf(scores, size = 100) {
  const cells = { rows: size, cols: size, labels: new Uint8Array(size * size), leads: new Uint16Array(size * size) };
  const exact = Array.from(cells.labels, (_, i) => {
    const [x, y] = [-6 + (12 * ((i % size) + 0.5)) / size, 3 - (6 * (Math.floor(i / size) + 0.5)) / size];
    const here = scores.map((score) => score(x, y));
    const [first, second] = [...here].sort((a, b) => b - a);
    cells.labels[i] = here.indexOf(first);
    return first - second;
  });
  const near = exact.filter((lead) => lead < 1);
  const most = Math.max(...near);
  exact.forEach((lead, i) => {
    const level = Math.floor(Math.sqrt(Math.min(1, lead / most)) * 63 + 0.5);
    cells.leads[i] = (Math.floor(level / 4) * 4 + 2) ** 2;
  });
  return cells;
}

const NOBODY = () => 0;

/** @param {number} found @param {number} expected @param {number} share */
const isNear = (found, expected, share) =>
  assert.ok(Math.abs(found - expected) <= share * expected, `${found} is not ${expected}`);

test("a circle is as long as 2 pi r, and parts the plane in two", () => {
  for (const radius of [0.7, 1.5, 2.8]) {
    const cells = cellsOf([NOBODY, (x, y) => (radius - Math.hypot(x, y)) / radius]);
    isNear(borderLength(cells, VIEW), 2 * Math.PI * radius, 0.01);
    assert.equal(countRegions(cells), 2);
  }
});

test("a ring has both its circles and three regions", () => {
  const cells = cellsOf([NOBODY, (x, y) => 0.5 - Math.abs(Math.hypot(x, y) - 2)]);
  isNear(borderLength(cells, VIEW), 2 * Math.PI * (1.5 + 2.5), 0.01);
  assert.equal(countRegions(cells), 3);
});

test("a straight line at any slope is as long as it is, up to the centres of the outermost cells", () => {
  for (const slope of [0, 0.1, 0.25, 0.4]) {
    const cells = cellsOf([NOBODY, (x, y) => y - slope * x]);
    isNear(borderLength(cells, VIEW), Math.hypot(1, slope) * 12 * 0.99, 0.005);
    assert.equal(countRegions(cells), 2);
  }
});

test("of three sectors each border counts once", () => {
  const towards = (/** @type {number} */ angle) => (/** @type {number} */ x, /** @type {number} */ y) =>
    x * Math.cos(angle) + y * Math.sin(angle);
  const third = (2 * Math.PI) / 3;
  const cells = cellsOf([towards(Math.PI / 2), towards(Math.PI / 2 + third), towards(Math.PI / 2 - third)]);
  // One ray straight down, two up at 30 degrees, which reach the sides.
  isNear(borderLength(cells, VIEW), 3 + 2 * (3 / Math.sin(Math.PI / 6)), 0.02);
  assert.equal(countRegions(cells), 3);
});

test("one colour has one region and no border; cells that touch at a corner are not connected", () => {
  const flat = cellsOf([() => 1, NOBODY]);
  assert.deepEqual([countRegions(flat), borderLength(flat, VIEW)], [1, 0]);
  assert.equal(countRegions({ rows: 2, cols: 2, labels: Uint8Array.of(0, 1, 1, 0) }), 4);
  assert.equal(
    countRegions({ rows: 8, cols: 8, labels: Uint8Array.from({ length: 64 }, (_, i) => (i + (i >> 3)) % 2) }),
    64,
  );
});

test("a snake that winds through the view is one region, and what it winds through is another", () => {
  // Columns 1, 3, 5, 7 stand; each is joined with the next one at the top or at the bottom.
  const rows = ["........", ".###.###", ".#.#.#.#", ".#.#.#.#", ".#.#.#.#", ".#.###.#"];
  const labels = Uint8Array.from(rows.join(""), (cell) => Number(cell === "#"));
  assert.equal(countRegions({ rows: 6, cols: 8, labels }), 4); // the snake, what is left of it and above, two bays below
});
