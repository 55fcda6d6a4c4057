import assert from "node:assert/strict";
import test from "node:test";
import {
  hasUnit,
  networkName,
  outputCount,
  parameterArithmetic,
  parameterCount,
  weightMatrices,
} from "../../static/js/core/architecture.js";
import { documentWith, layer } from "./documents.js";

/** @param {number} inputs @param {import("../../static/js/core/types.js").HiddenLayer[]} hidden */
const matrices = (inputs, hidden, outputs = 2) =>
  weightMatrices(documentWith({ network: { inputs: Array(inputs).fill("x"), hidden } }), outputs);

test("the note's first network: 6 units, 20 weights, 6 biases, 26 parameters  [CS231n nn-1 #layers]", () => {
  assert.deepEqual(parameterCount(matrices(3, [layer(4)])), { units: 6, weights: 20, biases: 6, parameters: 26 });
});

test("the note's second network: 9 units, 32 weights, 9 biases, 41 parameters", () => {
  assert.deepEqual(parameterCount(matrices(3, [layer(4), layer(4)], 1)), {
    units: 9,
    weights: 32,
    biases: 9,
    parameters: 41,
  });
});

test("the arithmetic is written as in the note", () => {
  assert.deepEqual(parameterArithmetic(matrices(2, [layer(6), layer(2)])), [
    "[2 × 6] + [6 × 2] + [2 × 2] = 28 weights",
    "6 + 2 + 2 = 10 biases",
    "38 parameters; 10 units",
  ]);
});

test("one weight, one bias and one unit are counted in the singular", () => {
  const [weights, biases, whole] = parameterArithmetic([{ rows: 1, cols: 1, pieces: 1 }]);
  assert.deepEqual([weights, biases, whole], ["[1 × 1] = 1 weight", "1 bias", "2 parameters; 1 unit"]);
});

test("maxout has its weights and biases once per piece", () => {
  const maxout = matrices(2, [layer(3, "maxout")]);
  assert.deepEqual(parameterCount(maxout), { units: 5, weights: 18, biases: 8, parameters: 26 });
  assert.equal(parameterArithmetic(maxout)[0], "2 × [2 × 3] + [3 × 2] = 18 weights");
});

test("the input layer is not counted", () => {
  assert.equal(networkName(matrices(2, [])), "1-layer network (no hidden layers)");
  assert.equal(networkName(matrices(2, [layer(3)])), "2-layer network (1 hidden layer)");
  assert.equal(networkName(matrices(2, [layer(3), layer(3)])), "3-layer network (2 hidden layers)");
});

test("a network ends in one score per class, or in one for losses with one score", () => {
  const losses = [
    { name: "softmax", label: "", help: "" },
    { name: "binary_svm", label: "", help: "", one_score: true },
  ];
  assert.equal(outputCount(documentWith({ classes: 4 }), losses), 4);
  assert.equal(outputCount(documentWith({ network: { loss: "binary_svm" } }), losses), 1);
});

test("a skip connection widens the layer that it leads to", () => {
  const network = { inputs: ["x", "y"], hidden: [layer(6), layer(4)], skips: [[0, 2], [0, 3], [1, 3]] }; // prettier-ignore
  const rows = weightMatrices(documentWith({ network }), 3).map((matrix) => matrix.rows);
  assert.deepEqual(rows, [2, 6 + 2, 4 + 2 + 6]);
});

test("a network has its units and its scores, and no others", () => {
  const document = documentWith({ classes: 3, network: { hidden: [layer(4), layer(2)] } });
  const has = (/** @type {number} */ layer, /** @type {number} */ unit) => hasUnit(document, { layer, unit });
  assert.deepEqual([has(1, 3), has(2, 1), has(3, 2)], [true, true, true]);
  assert.deepEqual([has(1, 4), has(2, 2), has(3, 3), has(4, 0)], [false, false, false, false]);
});
