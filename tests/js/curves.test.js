import assert from "node:assert/strict";
import test from "node:test";
import { curveOf, heightAt, unitCurves, worstPoint } from "../../static/js/core/curves.js";
import { point } from "./documents.js";

/** @param {object} fields @returns {any} */
const regions = (fields) => ({ rows: 1, cols: 2, value_range: [-2, 4], ...fields });

test("a curve comes in twelve bits a column, or coarsely out of the grid's first row", () => {
  assert.deepEqual([...curveOf(regions({ values: "A/A/" }))], [-2, 4]);
  assert.deepEqual([...curveOf(regions({ values: "", curve: "AA//" }))], [-2, 4]);
  assert.ok(Math.abs(curveOf(regions({ curve: "gAAA" }))[0] - 1) < 1e-3);
});

test("between the columns' middles the curve is straight, beyond them level", () => {
  const curve = Float64Array.of(0, 10);
  assert.deepEqual(
    [-1, -0.5, 0, 0.5, 1].map((x) => heightAt(curve, [-1, 1], x)),
    [0, 0, 5, 10, 10],
  );
});

test("the largest error is over training points", () => {
  const curve = Float64Array.of(0, 0);
  const points = [point(1, { y: 1 }), point(2, { y: -3 }), point(3, { y: 9, held_out: true })];
  assert.deepEqual(worstPoint(curve, [-1, 1], points), { point: points[1], height: 0, error: 3 });
  assert.equal(worstPoint(curve, [-1, 1], []), null);
});

test("where no part of the curve is known a point has no error", () => {
  const curve = Float64Array.of(0, 0);
  const points = [point(1, { x: 5, y: 9 }), point(2, { x: -1, y: 1 }), point(3, { x: -1.01, y: 9 })];
  assert.equal(worstPoint(curve, [-1, 1], points)?.point.id, 2);
  assert.equal(worstPoint(curve, [-1, 1], points.slice(2)), null);
});

test("units' own curves are read over their common range", () => {
  const [low, high] = unitCurves({ layer: 1, value_range: [-1, 1], units: ["AA//", "//AA"] });
  assert.deepEqual([...low], [-1, 1]);
  assert.deepEqual([...high], [1, -1]);
});
