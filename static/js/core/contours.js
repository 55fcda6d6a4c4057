// Lines of equal probability through a grid of cells, by marching squares with linear interpolation. Knows no canvas.

/**
 * The probability of one class at each cell. The server sends that of the winner. Beside a cell where the class wins, it has all
 * that the winner leaves, though not more than the winner; elsewhere the rest is shared. For two classes both are exact.
 * @param {{rows: number, cols: number, labels: Uint8Array, levels: Uint8Array}} cells levels 0..63
 * @param {number} label
 * @param {number} classes
 */
export function probabilityOf({ rows, cols, labels, levels }, label, classes) {
  const field = new Float32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const winner = levels[i] / 63;
    if (labels[i] === label) field[i] = winner;
    else if (winsBeside(label, labels, rows, cols, i)) field[i] = Math.min(winner, 1 - winner);
    else field[i] = (1 - winner) / (classes - 1);
  }
  return field;
}

/** Whether a class wins in one of the up to 8 cells around. @param {number} label @param {Uint8Array} labels @param {number} rows @param {number} cols @param {number} cell */
function winsBeside(label, labels, rows, cols, cell) {
  const [row, col] = [Math.floor(cell / cols), cell % cols];
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++)
    for (let c = Math.max(0, col - 1); c <= Math.min(cols - 1, col + 1); c++)
      if (labels[r * cols + c] === label) return true;
  return false;
}

/** Sides of a square between four cells: the corners (0 top left, clockwise) that each joins. */
const SIDES = [
  [0, 1],
  [1, 2],
  [3, 2],
  [0, 3],
];

/** Which sides a line joins, by which corners lie above the level (bit 0: top left, clockwise). */
const LINES = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[0, 2]],
  [
    [0, 1],
    [2, 3],
  ],
  [[1, 2]],
  [[1, 3]],
  [[0, 1]],
  [[3, 0]],
  [],
];

/**
 * Pieces of the line where `field` passes `level`: x0, y0, x1, y1 of each, in cells from the top left cell's centre.
 * @param {Float32Array} field
 * @param {number} rows
 * @param {number} cols
 * @param {number} level
 * @returns {number[]}
 */
export function contour(field, rows, cols, level) {
  /** @type {number[]} */
  const pieces = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let col = 0; col + 1 < cols; col++) {
      const i = row * cols + col;
      const above =
        Number(field[i] > level) |
        (Number(field[i + 1] > level) << 1) |
        (Number(field[i + cols + 1] > level) << 2) |
        (Number(field[i + cols] > level) << 3);
      if (above === 0 || above === 15) continue; // nearly every square
      const corners = [field[i], field[i + 1], field[i + cols + 1], field[i + cols]];
      for (const [from, to] of LINES[above])
        pieces.push(...crossing(from, corners, level, col, row), ...crossing(to, corners, level, col, row));
    }
  }
  return pieces;
}

/** Offsets of the four corners. */
const OFFSETS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

/**
 * @param {number} side
 * @param {number[]} corners
 * @param {number} level
 * @param {number} col
 * @param {number} row
 */
function crossing(side, corners, level, col, row) {
  const [a, b] = SIDES[side];
  const share = (level - corners[a]) / (corners[b] - corners[a]);
  return [
    col + OFFSETS[a][0] + share * (OFFSETS[b][0] - OFFSETS[a][0]),
    row + OFFSETS[a][1] + share * (OFFSETS[b][1] - OFFSETS[a][1]),
  ];
}
