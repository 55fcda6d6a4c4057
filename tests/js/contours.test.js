import assert from "node:assert/strict";
import test from "node:test";
import { contour, probabilityOf } from "../../static/js/core/contours.js";
import { cellsOf, nearestCell, probabilitiesOf, randomField } from "./softmax-fields.js";

test("the line runs where the field passes the level, between the cells' centres", () => {
  // A ramp from left to right: 0, .25, .5 + ..., so 0.4 is passed at column 1.6.
  const field = Float32Array.from({ length: 12 }, (_, i) => (i % 4) * 0.25);
  const pieces = contour(field, 3, 4, 0.4);
  assert.equal(pieces.length, 2 * 4);
  for (let i = 0; i < pieces.length; i += 2) assert.ok(Math.abs(pieces[i] - 1.6) < 1e-6);
});

test("a single high cell is circled, a saddle gives two pieces, a flat field none", () => {
  assert.equal(contour(Float32Array.from([0, 0, 0, 0, 1, 0, 0, 0, 0]), 3, 3, 0.5).length, 4 * 4);
  assert.equal(contour(Float32Array.from([1, 0, 0, 1]), 2, 2, 0.5).length, 2 * 4);
  assert.equal(contour(new Float32Array(9), 3, 3, 0.5).length, 0);
});

test("every way that four corners can lie gives lines between sides that are really crossed", () => {
  for (let bits = 0; bits < 16; bits++) {
    const field = Float32Array.from([bits & 1, (bits >> 1) & 1, (bits >> 3) & 1, (bits >> 2) & 1].map(Number));
    for (const value of contour(field, 2, 2, 0.5)) assert.ok(value >= 0 && value <= 1, `case ${bits}`);
  }
});

test("of two classes the loser has what the winner leaves", () => {
  const cells = { rows: 1, cols: 1, labels: Uint8Array.of(0), levels: Uint8Array.of(48) };
  const [p] = probabilityOf(cells, 1, 2);
  assert.ok(Math.abs(p - 15 / 63) < 1e-6);
});

/** Field values between four coarse cells' centres, as marching squares join them: linear. @param {Float32Array} field @param {number} size @param {number} x @param {number} y */
function between(field, size, x, y) {
  const [col, row] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [x - col, y - row];
  const at = row * size + col;
  const upper = field[at] * (1 - across) + field[at + 1] * across;
  return upper * (1 - down) + (field[at + size] * (1 - across) + field[at + size + 1] * across) * down;
}

test("on random fields a contour parts fewer places wrongly than nearest cells do", () => {
  const [size, factor] = [16, 3];
  for (let seed = 0; seed < 200; seed++) {
    const classes = [2, 3, 5, 8][seed % 4];
    const field = randomField(seed, classes);
    const [coarse, truth] = [cellsOf(field, size), probabilitiesOf(field, size * factor)];
    const fields = Array.from({ length: classes }, (_, label) => probabilityOf(coarse, label, classes));
    let [drawn, nearest] = [0, 0];
    truth.forEach((shares, i) => {
      const [x, y] = [i % (size * factor), Math.floor(i / (size * factor))].map((at) => (at + 0.5) / factor - 0.5);
      if (Math.min(x, y) < 0 || Math.max(x, y) >= size - 1) return;
      const cell = nearestCell(i, size, factor);
      shares.forEach((share, label) => {
        drawn += Number(between(fields[label], size, x, y) > 0.5 !== share > 0.5);
        nearest += Number((coarse.labels[cell] === label && coarse.levels[cell] > 31.5) !== share > 0.5);
      });
    });
    assert.ok(drawn <= nearest, `field ${seed} of ${classes} classes: ${drawn} and ${nearest} wrong places`);
  }
});
