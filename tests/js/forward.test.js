import assert from "node:assert/strict";
import test from "node:test";

import { columnOf, layerForward, matrix } from "../../static/js/core/forward.js";

const identity = (/** @type {number} */ z) => z;
/** @param {number[][]} rows */
const of = (rows) => matrix(rows.length, rows[0].length, (i) => rows.flat()[i]);

test("a layer is a product, a bias on each column, and f", () => {
  const out = layerForward(of([[1, 2], [0, -1]]), of([[1, 3], [1, 0]]), of([[10], [0]]), (z) => Math.max(0, z)); // prettier-ignore
  assert.deepEqual([out.rows, out.cols, ...out.values], [2, 2, 13, 13, 0, 0]);
});

test("columns together give what each gives alone", () => {
  const [weights, inputs, biases] = [of([[1, 2, 3]]), of([[1, 0], [0, 1], [2, 2]]), of([[0.5]])]; // prettier-ignore
  const together = layerForward(weights, inputs, biases, identity);
  const alone = [0, 1].map((col) => layerForward(weights, columnOf(inputs, col), biases, identity).values[0]);
  assert.deepEqual([...together.values], alone);
});
