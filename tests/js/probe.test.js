import assert from "node:assert/strict";
import test from "node:test";
import { piecesOf, sourcesOf } from "../../static/js/core/layer-parts.js";
import { lossOf, predictedLabel, probabilities, scoresAt, trace } from "../../static/js/core/probe.js";
import { activationLine, lossLine, shapesOf, sumLine } from "../../static/js/core/probe-lines.js";
import { documentWith, layer } from "./documents.js";

const near = (/** @type {number} */ a, /** @type {number} */ b) =>
  assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

/** @param {object} network */
const withNetwork = (network) => documentWith({ network });

const TWO_LAYERS = [
  {
    weights: [
      [0.5, -1],
      [2, 0.25],
    ],
    biases: [0.1, -0.2],
  },
  {
    weights: [
      [1, -1],
      [0.5, 3],
    ],
    biases: [0, 0.5],
  },
];

test("a layer computes f(x @ W + b), layer after layer", () => {
  const document = withNetwork({ hidden: [layer(2, "tanh")] });
  const [first, second] = trace(document, TWO_LAYERS, 0.3, -0.7);
  near(first.z[0], 0.3 * 0.5 - 0.7 * 2 + 0.1);
  near(first.z[1], 0.3 * -1 - 0.7 * 0.25 - 0.2);
  first.h.forEach((h, unit) => near(h, Math.tanh(first.z[unit])));
  near(second.h[1], first.h[0] * -1 + first.h[1] * 3 + 0.5);
  assert.deepEqual(scoresAt(document, TWO_LAYERS, 0.3, -0.7), second.h);
});

test("every activation is its formula, at large arguments too", () => {
  const weights = [
    { weights: [[1], [0]], biases: [0] },
    { weights: [[1]], biases: [0] },
  ];
  const h = (/** @type {string} */ activation, /** @type {number} */ z) =>
    trace(withNetwork({ hidden: [layer(1, activation)] }), weights, z, 0)[0].h[0];
  for (const z of [-800, -2, 0, 0.5, 800]) {
    near(h("relu", z), Math.max(0, z));
    near(h("leaky_relu", z), z > 0 ? z : 0.01 * z);
    near(h("tanh", z), Math.tanh(z));
    near(h("sigmoid", z), 1 / (1 + Math.exp(-z)));
    near(h("identity", z), z);
  }
});

test("maxout takes the largest of its pieces and names it", () => {
  const weights = [
    {
      weights: [
        [[1], [0]],
        [[-1], [0]],
      ],
      biases: [[0], [0.5]],
    },
    { weights: [[1]], biases: [0] },
  ];
  const document = withNetwork({ hidden: [layer(1, "maxout")] });
  assert.deepEqual(
    [3, -3].map((x) => trace(document, weights, x, 0)[0]).map(({ h, piece, pieces }) => [h[0], piece[0], pieces]),
    [
      [3, 0, 2],
      [3.5, 1, 2],
    ],
  );
  assert.equal(piecesOf(weights[0]).length, 2);
});

test("skip links feed a layer before the one that stands directly in front of it", () => {
  const document = withNetwork({ hidden: [layer(1, "identity")], skips: [[0, 2]] });
  assert.deepEqual(sourcesOf(document.network, 2), [0, 1]);
  const weights = [
    { weights: [[1], [1]], biases: [0] },
    { weights: [[10], [100], [1]], biases: [0] },
  ];
  near(scoresAt(document, weights, 2, 3)[0], 10 * 2 + 100 * 3 + 5);
});

test("inputs are the functions of x and y that the document names", () => {
  const inputs = ["x", "y", "x^2", "y^2", "x*y", "sin(x)", "sin(y)"];
  const [layerTrace] = trace(withNetwork({ inputs }), [{ weights: inputs.map(() => [1]), biases: [0] }], 2, 3);
  assert.deepEqual(layerTrace.x, [2, 3, 4, 9, 6, Math.sin(2), Math.sin(3)]);
});

test("a network with scaling sees its inputs scaled", () => {
  const points = [-3, 1, 5].map((x, i) => ({ id: i + 1, x, y: 0, label: 0, held_out: false }));
  const document = documentWith({ points, network: { inputs: ["x"], scaling: "range" } });
  const [first] = trace(document, [{ weights: [[10]], biases: [1] }], 3, 0);
  assert.deepEqual([first.x, first.z], [[0.5], [6]]);
});

test("probabilities are softmax and sigmoid, and none for svm", () => {
  const [a, b] = /** @type {number[]} */ (probabilities("softmax", [1000, 1001]));
  near(b, Math.E / (1 + Math.E));
  near(a + b, 1);
  near(/** @type {number[]} */ (probabilities("binary_softmax", [0.4]))[1], 1 / (1 + Math.exp(-0.4)));
  assert.equal(probabilities("svm", [1, 2]), null);
});

test("the loss of a point is its formula", () => {
  near(lossOf("softmax", [1, 2, 3], 0), Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 1);
  near(lossOf("svm", [1, 1.5, -4], 0), 1.5);
  near(lossOf("binary_softmax", [-3], 1), Math.log(1 + Math.exp(3)));
  near(lossOf("binary_svm", [0.25], 0), 1.25);
  near(lossOf("squared", [3], 1), 2);
});

test("the largest score wins, the first of equals; one score by its sign", () => {
  assert.deepEqual([[1, 3, 3], [0.1], [-0.1], [0]].map(predictedLabel), [1, 1, 0, 0]);
});

test("the shapes and sums read as in the note", () => {
  const document = withNetwork({ hidden: [layer(2, "tanh")] });
  const [first] = trace(document, TWO_LAYERS, 1, -2);
  assert.equal(shapesOf(first), "[2×2][2×1] + [2×1]");
  assert.equal(sumLine(first, 1, [-1, 0.25]), "(−1.00) · 1.00 + 0.250 · (−2.00) − 0.200 = −1.70");
  assert.equal(activationLine(first, 1), "tanh(−1.70) = −0.935");
  assert.match(sumLine({ ...first, x: new Array(9).fill(1) }, 0, new Array(9).fill(1)), /\+ … \(3 more\)/);
  assert.equal(lossLine("softmax", [0, 0], [0.5, 0.5], 1), "−log 0.500 = 0.693");
  assert.equal(lossLine("svm", [1, 2], null, 0), "max(0, 2.00 − 1.00 + 1) = 2.00");
});
