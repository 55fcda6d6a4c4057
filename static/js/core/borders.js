// Decision regions in figures: how many there are, and how long the border between them is. Pure.

import { contour } from "./contours.js";

/** @typedef {{rows: number, cols: number, labels: Uint8Array}} Cells */

/**
 * How many regions there are: connected areas of cells with one label, where cells are connected over their four sides. Begins
 * with as many as there are cells; every two neighbours of one label that were not connected yet make it one less.
 * [Rosenfeld & Pfaltz 1966, with the trees of Galler & Fischer 1964]
 * @param {Cells} cells
 */
export function countRegions({ rows, cols, labels }) {
  const above = new Int32Array(labels.length);
  for (let i = 0; i < above.length; i++) above[i] = i;
  const top = (/** @type {number} */ i) => {
    while (above[i] !== i) i = above[i] = above[above[i]];
    return i;
  };
  let count = labels.length;
  const join = (/** @type {number} */ i, /** @type {number} */ j) => {
    const [one, other] = [top(i), top(j)];
    if (one === other) return;
    above[Math.max(one, other)] = Math.min(one, other);
    count--;
  };
  for (let i = 0; i < rows * cols; i++) {
    if (i % cols && labels[i - 1] === labels[i]) join(i, i - 1);
    if (i >= cols && labels[i - cols] === labels[i]) join(i, i - cols);
  }
  return count;
}

/**
 * How long the border between regions is, in the units of the plane: the pieces of the lines where the winning score leads by
 * nothing, found by marching squares [Lorensen & Cline 1987, in two dimensions], each of length sqrt(dx^2 + dy^2). It ends at the
 * centres of the outermost cells. A piece parts two labels and lies on the line of both, so it counts half for each.
 * @param {Cells & {leads: Uint16Array}} cells leads: how far each cell's winner is ahead, where its neighbours have other labels
 * @param {{x_range: [number, number], y_range: [number, number]}} view
 */
export function borderLength({ rows, cols, labels, leads }, { x_range, y_range }) {
  const cell = { width: (x_range[1] - x_range[0]) / cols, height: (y_range[1] - y_range[0]) / rows };
  const present = [...new Set(labels)];
  const lines = present.length > 2 ? present : present.slice(1); // of two labels both lines are the same
  const field = new Float32Array(labels.length);
  let length = 0;
  for (const label of lines) {
    for (let i = 0; i < field.length; i++) field[i] = (leads[i] || 1) * (labels[i] === label ? 1 : -1);
    length += lengthOf(contour(field, rows, cols, 0), cell);
  }
  return present.length > 2 ? length / 2 : length;
}

/** @param {number[]} pieces x0, y0, x1, y1 of each, in cells @param {{width: number, height: number}} cell */
function lengthOf(pieces, { width, height }) {
  let length = 0;
  for (let i = 0; i < pieces.length; i += 4)
    length += Math.hypot((pieces[i + 2] - pieces[i]) * width, (pieces[i + 3] - pieces[i + 1]) * height);
  return length;
}
