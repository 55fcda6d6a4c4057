// Confusion counts: how many points of each class are taken for which class. Counts in slices, so that two thousand points
// and a large network never hold up the page.

import { predictedLabel, scoresAt } from "./probe.js";

/** @typedef {{training: number[][], test: number[][]}} Confusion counts[true class][predicted class] */

/** @param {number} classes @returns {Confusion} */
function emptyConfusion(classes) {
  const table = () => Array.from({ length: classes }, () => new Array(classes).fill(0));
  return { training: table(), test: table() };
}

/**
 * Begin to count; call `advance` until it says that all points are counted.
 * @param {import("./types.js").LabDocument} document
 * @param {import("./types.js").LayerWeights[]} weights
 */
export function countConfusion(document, weights) {
  const { points, classes } = document;
  const counts = emptyConfusion(classes);
  let next = 0;
  return {
    counts,
    /** Count for about `budget_ms`; true when done. @param {number} budget_ms @param {() => number} [now] */
    advance(budget_ms, now = () => performance.now()) {
      const end_ms = now() + budget_ms;
      while (next < points.length) {
        const { x, y, label, held_out } = points[next++];
        const found = predictedLabel(scoresAt(document, weights, x, y));
        counts[held_out ? "test" : "training"][label][found]++;
        if (now() >= end_ms) break;
      }
      return next >= points.length;
    },
  };
}

/** Share of points on the diagonal, null without points. @param {number[][]} table */
export function shareRight(table) {
  const all = table.flat().reduce((sum, count) => sum + count, 0);
  return all ? table.reduce((sum, row, label) => sum + row[label], 0) / all : null;
}
