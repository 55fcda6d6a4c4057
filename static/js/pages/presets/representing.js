// Experiments of the gallery: what one neuron and what networks can represent. A table and nothing else.

import { t } from "../../core/messages.js";
import { NEURON, POWER } from "./sections.js";
import { layer, tryActivation, tryL2, tryLoss, tryNoLayer, tryUnits } from "./trials.js";

/** @type {import("./table.js").Preset[]} */
export const ABOUT_REPRESENTING = [
  {
    name: "single-neuron",
    section: NEURON,
    title: t("A single neuron"),
    notice: t(
      "One unit with the binary softmax loss is logistic regression: its boundary is a straight line and cannot be anything else.",
    ),
    document: { network: { hidden: [], loss: "binary_softmax" }, training: { learning_rate: 0.1 } },
    dataset: { name: "gauss" },
    trials: [tryLoss(t("The SVM loss"), "binary_svm"), tryLoss(t("The softmax loss"), "binary_softmax"), tryL2(1)],
    question: t("What moves the line without turning it?"),
    answer: t("The bias. The weights give the direction of the line, the bias says how far from the origin it lies."),
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
    trials: [tryNoLayer, tryActivation(t("ReLU in place of tanh"), "relu", 12, 8), tryUnits(4)],
    question: t("Could a network without a hidden layer tell the arms apart?"),
    answer: t("No. Its boundary is one straight line, and on both sides of any line there are points of both arms."),
  },
  {
    name: "xor",
    section: POWER,
    title: t("XOR needs a hidden layer"),
    notice: t("Set the hidden layers to 0 and no line will do; four hidden units are enough."),
    document: { network: { hidden: [layer(4, "tanh")] }, training: { optimizer: "momentum", learning_rate: 0.05 } },
    dataset: { name: "xor" },
    trials: [tryNoLayer, tryUnits(2), tryUnits(4)],
    question: t("Two lines cut the plane into the four squares. Are two hidden units enough?"),
    answer: t(
      "No. What those two units say of the squares is XOR once more, and the output layer has one line to part it with. Three units can do it; with four training finds a way more easily.",
    ),
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
    trials: [
      { title: t("Without xy"), patch: { network: { inputs: ["x", "y"] } } },
      { title: t("With xy"), patch: { network: { inputs: ["x", "y", "x*y"] } } },
    ],
    question: t("Why can one product replace a hidden layer?"),
    answer: t("The sign of xy is what XOR asks for: along that input the classes lie apart, and one threshold does."),
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
    trials: [tryUnits(2), tryUnits(5), tryUnits(20)],
    question: t("Why do two units fail here?"),
    answer: t("Each unit brings one bend, and x sin x has more of them than two can make."),
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
    trials: [tryUnits(3), tryActivation(t("ReLU in place of tanh"), "relu", 12, 8)],
    question: t("Why is there no softmax here?"),
    answer: t("The target is a number and not a class: the squared loss compares the output with it as it is."),
  },
];
