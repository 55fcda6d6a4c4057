// The forward pass in matrices as the note writes it: a row of W is a unit, a column of x an example.  [CS231n nn-1 #feedforward]

/** @typedef {{rows: number, cols: number, values: Float64Array}} Matrix row by row */

/** @param {number} rows @param {number} cols @param {(index: number) => number} [valueOf] @returns {Matrix} */
export function matrix(rows, cols, valueOf = () => 0) {
  return { rows, cols, values: Float64Array.from({ length: rows * cols }, (_, index) => valueOf(index)) };
}

/**
 * f(W x + b), the bias added to each column.
 * @param {Matrix} weights (H, D)
 * @param {Matrix} inputs (D, N)
 * @param {Matrix} biases (H, 1)
 * @param {(z: number) => number} f
 * @returns {Matrix} (H, N)
 */
export function layerForward(weights, inputs, biases, f) {
  const out = matrix(weights.rows, inputs.cols, (index) => biases.values[Math.floor(index / inputs.cols)]);
  for (let row = 0; row < weights.rows; row++)
    for (let k = 0; k < weights.cols; k++) {
      const weight = weights.values[row * weights.cols + k];
      for (let col = 0; col < inputs.cols; col++)
        out.values[row * inputs.cols + col] += weight * inputs.values[k * inputs.cols + col];
    }
  for (let i = 0; i < out.values.length; i++) out.values[i] = f(out.values[i]);
  return out;
}

/** The matrix's one column. @param {Matrix} whole @param {number} col */
export const columnOf = (whole, col) => matrix(whole.rows, 1, (row) => whole.values[row * whole.cols + col]);
