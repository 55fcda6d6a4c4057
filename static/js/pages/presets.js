// The gallery's experiments, by the sections of the note: what each one changes in the default document, its data set, what there
// is to notice, and what to try then. A table and nothing else.

import { t } from "../core/messages.js";

/** Few points and much noise: what a large network will overfit. */
const NOISY_MOONS = { name: "moons", points: 120, noise: 0.3, test_fraction: 0.5 };

/** @param {number} units @param {string} activation */
const layer = (units, activation) => ({ units, activation });

/** Sections of the note, in its order. */
const SIZES = t("Number of layers and their sizes");
const NEURON = t("One neuron");
const POWER = t("What networks can represent");
const ACTIVATIONS = t("Activation functions");
const LEARNING = t("Losses, weights and learning");

export const SECTIONS = [SIZES, NEURON, POWER, ACTIVATIONS, LEARNING];

/**
 * @typedef {{title: string, patch: Record<string, any>}} Trial a change to try, with its words on a button
 * @typedef {{name: string, section: string, title: string, notice: string, document: Record<string, any>,
 *   dataset: Record<string, any>, trials?: Trial[]}} Preset name: of its picture in static/pictures/gallery
 */

/** @param {number} units @returns {Trial} */
const tryUnits = (units) => ({
  title: t("{units} hidden units", { units }),
  patch: { network: { hidden: [layer(units, "tanh")] } },
});

/** @param {number} l2 @returns {Trial} */
const tryL2 = (l2) => ({ title: t("L2 strength {l2}", { l2 }), patch: { training: { l2 } } });

/** @type {Preset[]} */
export const PRESETS = [
  {
    name: "note",
    section: SIZES,
    title: t("The note's example"),
    notice: t(
      "Twenty units bend around single noisy points. Fewer of them, or more L2, keep the boundary smooth: which one would you trust?",
    ),
    document: {
      network: { hidden: [layer(20, "tanh")] },
      training: { optimizer: "adam", learning_rate: 0.03, l2: 0.001 },
    },
    dataset: NOISY_MOONS,
    trials: [tryUnits(3), tryUnits(6), tryUnits(20), tryL2(0.01), tryL2(0.1)],
  },
  {
    name: "two-spirals",
    section: POWER,
    title: t("Two spirals"),
    notice: t("The boundary first cuts the plane in two, then winds itself between the arms."),
    document: {
      network: { hidden: [layer(12, "tanh"), layer(8, "tanh")] },
      training: { optimizer: "adam", learning_rate: 0.01 },
    },
    dataset: { name: "spiral", noise: 0.05 },
  },
  {
    name: "single-neuron",
    section: NEURON,
    title: t("A single neuron"),
    notice: t(
      "One unit with the binary softmax loss is logistic regression: its boundary is a straight line and cannot be anything else.",
    ),
    document: { network: { hidden: [], loss: "binary_softmax" }, training: { learning_rate: 0.1 } },
    dataset: { name: "gauss" },
  },
  {
    name: "xor",
    section: POWER,
    title: t("XOR needs a hidden layer"),
    notice: t("Set the hidden layers to 0 and no line will do; four hidden units are enough."),
    document: { network: { hidden: [layer(4, "tanh")] }, training: { optimizer: "momentum", learning_rate: 0.05 } },
    dataset: { name: "xor" },
  },
  {
    name: "xor-features",
    section: POWER,
    title: t("The same without a hidden layer"),
    notice: t(
      "With the product xy as an input a single layer tells XOR apart: features do the work of the hidden layer.",
    ),
    document: { network: { inputs: ["x", "y", "x*y"], hidden: [] }, training: { learning_rate: 0.05 } },
    dataset: { name: "xor" },
  },
  {
    name: "three-units",
    section: SIZES,
    title: t("Three hidden units"),
    notice: t("A small network draws in broad strokes, and its test loss stays low. Compare with twenty units."),
    document: { network: { hidden: [layer(3, "tanh")] }, training: { optimizer: "adam", learning_rate: 0.02, l2: 0 } },
    dataset: NOISY_MOONS,
  },
  {
    name: "twenty-units",
    section: SIZES,
    title: t("Twenty hidden units overfit"),
    notice: t("The training loss falls while the test loss rises: the boundary bends around single noisy points."),
    document: { network: { hidden: [layer(20, "tanh")] }, training: { optimizer: "adam", learning_rate: 0.05, l2: 0 } },
    dataset: NOISY_MOONS,
  },
  {
    name: "held-in-check",
    section: SIZES,
    title: t("Twenty units, held in check"),
    notice: t("The same network with L2 strength 0.03: smooth again. Move the slider and watch the boundary stiffen."),
    document: {
      network: { hidden: [layer(20, "tanh")] },
      training: { optimizer: "adam", learning_rate: 0.05, l2: 0.03 },
    },
    dataset: NOISY_MOONS,
  },
  {
    name: "corners",
    section: ACTIVATIONS,
    title: t("Corners and curves"),
    notice: t(
      "ReLU bends at straight edges, so its regions have corners; change the activation to tanh and they melt.",
    ),
    document: {
      network: { hidden: [layer(6, "relu"), layer(6, "relu")] },
      training: { optimizer: "adam", learning_rate: 0.02 },
    },
    dataset: { name: "circle" },
  },
  {
    name: "dying-relus",
    section: ACTIVATIONS,
    title: t("Dying ReLUs"),
    notice: t(
      "After 1,000 steps about 40 % of the units are off for every point and never come back. Press Reset and try learning rates 0.3 and 3.",
    ),
    document: {
      network: { hidden: [layer(20, "relu"), layer(20, "relu")], seed: 4 },
      training: { optimizer: "sgd", learning_rate: 0.8, l2: 0 },
    },
    dataset: { name: "circle" },
  },
  {
    name: "slow-sigmoid",
    section: ACTIVATIONS,
    title: t("Sigmoid is slow"),
    notice: t(
      "Two saturating sigmoid layers stay on a plateau for a long time; with tanh the same network leaves it soon.",
    ),
    document: {
      network: { hidden: [layer(8, "sigmoid"), layer(8, "sigmoid")] },
      training: { optimizer: "sgd", learning_rate: 0.1 },
    },
    dataset: { name: "circle" },
  },
  {
    name: "zero-weights",
    section: LEARNING,
    title: t("All weights zero"),
    notice: t(
      "Units that start equal stay equal: nothing breaks the symmetry, so nothing is learned. Choose another initialization.",
    ),
    document: { network: { hidden: [layer(8, "tanh")], init: "zero" }, training: { learning_rate: 0.1 } },
    dataset: { name: "moons" },
  },
  {
    name: "maxout",
    section: ACTIVATIONS,
    title: t("Maxout"),
    notice: t("Each unit takes the larger of two lines: no saturation, no dying, at twice the parameters."),
    document: { network: { hidden: [layer(5, "maxout")] }, training: { optimizer: "adam", learning_rate: 0.02 } },
    dataset: { name: "moons" },
  },
  {
    name: "five-classes",
    section: LEARNING,
    title: t("Five classes"),
    notice: t("One score per class: the largest wins, and every boundary lies where two scores are equal."),
    document: {
      classes: 5,
      network: { hidden: [layer(12, "relu")] },
      training: { optimizer: "adam", learning_rate: 0.02 },
    },
    dataset: { name: "blobs" },
  },
  {
    name: "bumps",
    section: POWER,
    title: t("A curve out of bumps"),
    notice: t(
      "One hidden layer adds up bends until they follow x sin x. Drag a point and watch the curve come after it.",
    ),
    document: {
      task: "curve_fitting",
      network: { inputs: ["x"], hidden: [layer(20, "tanh")], loss: "squared" },
      training: { optimizer: "adam", learning_rate: 0.02, l2: 0 },
    },
    dataset: { name: "x_sin_x" },
  },
  {
    name: "hills",
    section: POWER,
    title: t("Hills and hollows"),
    notice: t("The output is a height, not a class: blue above zero, orange below, paper in between."),
    document: {
      task: "surface_fitting",
      network: { hidden: [layer(12, "tanh"), layer(8, "tanh")], loss: "squared" },
      training: { optimizer: "adam", learning_rate: 0.01, l2: 0 },
    },
    dataset: { name: "multi_gauss" },
  },
  {
    name: "margins",
    section: LEARNING,
    title: t("Margins"),
    notice: t("The SVM loss stops caring about a point once it is right by a margin of 1; softmax never does."),
    document: {
      network: { hidden: [layer(8, "relu")], loss: "svm" },
      training: { optimizer: "momentum", learning_rate: 0.02, l2: 0.003 },
    },
    dataset: { name: "moons", noise: 0.1 },
  },
];
