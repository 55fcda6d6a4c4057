import assert from "node:assert/strict";
import test from "node:test";
import { contour, probabilityOf } from "../../static/js/core/contours.js";

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
  const [p] = probabilityOf(Uint8Array.of(0), Uint8Array.of(48), 1, 2);
  assert.ok(Math.abs(p - 15 / 63) < 1e-6);
});
