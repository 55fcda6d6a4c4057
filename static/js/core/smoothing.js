// Refines a grid of labels and levels, so that boundaries between classes run smoothly instead of in steps, and where the
// network has them. Pure arithmetic on typed arrays; knows nothing of colours or canvases.

import { LEVELS } from "./regions.js";

/** @typedef {{rows: number, cols: number, labels: Uint8Array, levels: Uint8Array}} FineCells */
/** @typedef {FineCells & {leads: Uint16Array}} Cells leads: of cells at a border, how far the winner's score is ahead */

const TOP = LEVELS - 1;

/** One fine cell's four coarse neighbours and their shares of it; made once. */
const corners = new Uint32Array(4);
const shares = new Float32Array(4);
/** What the leads at the four corners say for each class; made once. */
const support = new Float32Array(10);

/**
 * Fill `fine` from `coarse`. A border runs where the leads, interpolated between the centres of four coarse cells, are equal;
 * the winner's probability is interpolated too.
 * @param {Cells} coarse
 * @param {FineCells} fine its rows and cols are a whole multiple of the coarse ones
 */
export function refine(coarse, fine) {
  const factor = fine.cols / coarse.cols;
  for (let row = 0; row < fine.rows; row++) {
    const y = (row + 0.5) / factor - 0.5;
    const top = Math.min(Math.max(Math.floor(y), 0), coarse.rows - 1);
    const bottom = Math.min(top + 1, coarse.rows - 1);
    refineRow(coarse, fine, row, top * coarse.cols, bottom * coarse.cols, Math.max(0, y - top), factor);
  }
}

/**
 * Fill a row from one pair of neighbouring columns after the other.
 * @param {Cells} coarse
 * @param {FineCells} fine
 * @param {number} row of the fine grid
 * @param {number} above first coarse cell of the row above
 * @param {number} below first coarse cell of the row below
 * @param {number} down share of the row below
 * @param {number} factor
 */
function refineRow(coarse, fine, row, above, below, down, factor) {
  const { cols, labels } = coarse;
  for (let col = 0, left = -1; col < fine.cols; left++) {
    const end = Math.min(fine.cols, Math.ceil(factor * (left + 1.5) - 0.5));
    const [l, r] = [Math.max(left, 0), Math.min(left + 1, cols - 1)];
    ((corners[0] = above + l), (corners[1] = above + r), (corners[2] = below + l), (corners[3] = below + r));
    const label = labels[corners[0]];
    const isOne = label === labels[corners[1]] && label === labels[corners[2]] && label === labels[corners[3]];
    const start = row * fine.cols;
    const span = { from: start + col, to: start + end, across: (col + 0.5) / factor - 0.5 - left, step: 1 / factor };
    (isOne ? fillInside : fillBorder)(coarse, fine, span, down);
    col = end;
  }
}

/** @typedef {{from: number, to: number, across: number, step: number}} Span fine cells; the right column's share in the first, and its growth */

/** All four corners have one class. @param {Cells} coarse @param {FineCells} fine @param {Span} span @param {number} down */
function fillInside({ labels, levels }, fine, { from, to, across, step }, down) {
  const label = labels[corners[0]];
  const left = levels[corners[0]] + down * (levels[corners[2]] - levels[corners[0]]);
  const right = levels[corners[1]] + down * (levels[corners[3]] - levels[corners[1]]);
  const growth = step * (right - left);
  let level = left + across * (right - left) + 0.5;
  for (let cell = from; cell < to; cell++) {
    fine.labels[cell] = label;
    fine.levels[cell] = level;
    level += growth;
  }
}

/** A border runs between the corners. @param {Cells} coarse @param {FineCells} fine @param {Span} span @param {number} down */
function fillBorder(coarse, fine, { from, to, across, step }, down) {
  for (let cell = from; cell < to; cell++, across += step) {
    shares[1] = across * (1 - down);
    shares[2] = (1 - across) * down;
    shares[3] = across * down;
    shares[0] = 1 - shares[1] - shares[2] - shares[3];
    const winner = winnerOf(coarse);
    fine.labels[cell] = winner;
    fine.levels[cell] = levelOf(winner, coarse) + 0.5;
  }
}

/** The class that the leads at the corners speak for most. @param {Cells} coarse */
function winnerOf({ labels, leads }) {
  for (let i = 0; i < 4; i++) support[labels[corners[i]]] = 0;
  let winner = labels[corners[0]];
  for (let i = 0; i < 4; i++) support[labels[corners[i]]] += shares[i] * leads[corners[i]];
  for (let i = 1; i < 4; i++) if (support[labels[corners[i]]] > support[winner]) winner = labels[corners[i]];
  return winner;
}

/**
 * A class's probability between the corners. Where it does not win it has at most the winner's, and at most what that leaves.
 * @param {number} label
 * @param {Cells} coarse
 */
function levelOf(label, { labels, levels }) {
  let level = 0;
  for (let i = 0; i < 4; i++) {
    const at = levels[corners[i]];
    level += shares[i] * (labels[corners[i]] === label ? at : Math.min(at, TOP - at));
  }
  return level;
}
