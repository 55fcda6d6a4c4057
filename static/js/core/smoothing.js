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
 * @param {Cells} coarse
 * @param {FineCells} fine
 * @param {number} row of the fine grid
 * @param {number} above first coarse cell of the row above
 * @param {number} below first coarse cell of the row below
 * @param {number} down share of the row below
 * @param {number} factor
 */
function refineRow(coarse, fine, row, above, below, down, factor) {
  const { cols, labels, levels } = coarse;
  const start = row * fine.cols;
  for (let col = 0; col < fine.cols; col++) {
    const x = (col + 0.5) / factor - 0.5;
    const left = x < 0 ? 0 : Math.floor(x);
    const right = left + 1 < cols ? left + 1 : left;
    const across = x < 0 ? 0 : x - left;
    const [a, b, c, d] = [above + left, above + right, below + left, below + right];
    const [wb, wc, wd] = [across * (1 - down), (1 - across) * down, across * down];
    const wa = 1 - wb - wc - wd;
    const label = labels[a];
    if (label === labels[b] && label === labels[c] && label === labels[d]) {
      fine.labels[start + col] = label;
      fine.levels[start + col] = wa * levels[a] + wb * levels[b] + wc * levels[c] + wd * levels[d] + 0.5;
      continue;
    }
    ((corners[0] = a), (corners[1] = b), (corners[2] = c), (corners[3] = d));
    ((shares[0] = wa), (shares[1] = wb), (shares[2] = wc), (shares[3] = wd));
    const winner = winnerOf(coarse);
    fine.labels[start + col] = winner;
    fine.levels[start + col] = levelOf(winner, coarse) + 0.5;
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
