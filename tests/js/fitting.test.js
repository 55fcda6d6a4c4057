import assert from "node:assert/strict";
import test from "node:test";
import {
  curveOf,
  heightAt,
  inputFits,
  patchForTask,
  rootMeanSquare,
  unitCurves,
  valueColour,
  valueShare,
  worstPoint,
} from "../../static/js/core/fitting.js";
import { documentWith, point } from "./documents.js";

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

test("units' own curves are read over their common range", () => {
  const [low, high] = unitCurves({ layer: 1, value_range: [-1, 1], units: ["AA//", "//AA"] });
  assert.deepEqual([...low], [-1, 1]);
  assert.deepEqual([...high], [1, -1]);
});

test("the squared loss is half the mean square", () => {
  assert.equal(rootMeanSquare(0.5 * 9), 3);
  assert.equal(rootMeanSquare(null), null);
});

test("values from -1 to 1 run from blue over paper to orange", () => {
  /** @type {any} */
  const colours = {
    classes: [
      [0, 0, 255],
      [255, 128, 0],
    ],
    paper: [255, 255, 255],
  };
  assert.deepEqual([valueShare(-5), valueShare(0), valueShare(1)], [0, 0.5, 1]);
  assert.deepEqual(valueColour(-1, colours, 1), [0, 0, 255]);
  assert.deepEqual(valueColour(0, colours, 1), [255, 255, 255]);
  assert.deepEqual(valueColour(2, colours, 1), [255, 128, 0]);
});

test("another task brings a loss and inputs that it can use", () => {
  const losses = [
    { name: "softmax", label: "", help: "", tasks: ["classification"] },
    { name: "squared", label: "", help: "", tasks: ["curve_fitting", "surface_fitting"] },
  ];
  const defaults = documentWith();
  assert.deepEqual(patchForTask(defaults, "curve_fitting", losses).network, { loss: "squared", inputs: ["x"] });
  assert.deepEqual(patchForTask(defaults, "surface_fitting", losses).network, { loss: "squared", inputs: ["x", "y"] });
  assert.deepEqual(patchForTask(defaults, "classification", losses).network, { loss: "softmax", inputs: ["x", "y"] });
  assert.ok(inputFits("sin(x)", "curve_fitting") && !inputFits("x*y", "curve_fitting"));
});
