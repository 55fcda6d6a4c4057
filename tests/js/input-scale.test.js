import assert from "node:assert/strict";
import test from "node:test";

import { inputsAt, scaleOf, scalesOf } from "../../static/js/core/input-scale.js";
import { documentWith, point } from "./documents.js";

const POINTS = [
  point(1, { x: 30, y: 2000 }),
  point(2, { x: 50, y: 2000 }),
  point(3, { x: 100, y: 2000 }),
  point(4, { x: 1e5, y: -1e5, held_out: true }),
];

/** @param {string} scaling @param {string[]} [inputs] @param {object[]} [points] */
const documentOf = (scaling, inputs = ["x", "y"], points = POINTS) =>
  documentWith({ points, network: { scaling, inputs } });

test("without scaling, and without training points, a network sees its features", () => {
  assert.deepEqual(inputsAt(documentOf("none", ["x", "x^2"]), 7, 0), [7, 49]);
  assert.deepEqual(inputsAt(documentOf("standard", ["x", "y"], [POINTS[3]]), 7, 3), [7, 3]);
});

test("standard: less the mean, divided by the standard deviation over the training points", () => {
  const [x, y] = scalesOf(documentOf("standard"));
  assert.equal(x.shift, 60);
  assert.ok(Math.abs(x.size - Math.sqrt((900 + 100 + 1600) / 3)) < 1e-12);
  assert.deepEqual(y, { shift: 2000, size: 1 }, "the same everywhere: shifted and not divided");
});

test("range: from -1 to 1 over the training points", () => {
  const document = documentOf("range");
  assert.deepEqual(
    [30, 65, 100].map((x) => inputsAt(document, x, 2000)[0]),
    [-1, 0, 1],
  );
});

test("an input that the network has not taken up has its scale too", () => {
  assert.deepEqual(scaleOf("x^2", documentOf("range")), { shift: (900 + 10000) / 2, size: (10000 - 900) / 2 });
});
