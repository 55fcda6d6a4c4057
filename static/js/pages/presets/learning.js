// Experiments of the gallery: activations, losses and starting weights. A table and nothing else.

import { t } from "../../core/messages.js";
import { ACTIVATIONS, LEARNING } from "./sections.js";
import { layer, tryActivation, tryL2, tryLoss, tryRate } from "./trials.js";

/** @type {import("./table.js").Preset[]} */
export const ABOUT_LEARNING = [
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
    trials: [
      tryActivation(t("tanh in place of ReLU"), "tanh", 6, 6),
      tryActivation(t("Maxout in place of ReLU"), "maxout", 6, 6),
      tryActivation(t("ReLU again"), "relu", 6, 6),
    ],
    question: t("Why does a network of ReLUs have corners?"),
    answer: t(
      "Each unit is linear on both sides of one line. What they add up to is linear between those lines and bends only where one of them runs.",
    ),
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
    trials: [
      tryRate(0.3),
      tryRate(3),
      { ...tryActivation(t("Leaky ReLU, from the start"), "leaky_relu", 20, 20), isAfresh: true },
    ],
    question: t("Why does a dead unit not come back?"),
    answer: t(
      "Its sum is below 0 for every point, so its output and its gradient are 0 for each of them: nothing the data says changes its weights any more.",
    ),
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
    trials: [
      tryActivation(t("tanh in place of sigmoid"), "tanh", 8, 8),
      tryActivation(t("ReLU in place of sigmoid"), "relu", 8, 8),
      tryActivation(t("Sigmoid again"), "sigmoid", 8, 8),
    ],
    question: t("Where does the gradient get lost?"),
    answer: t(
      "On its way back it is multiplied by the slope of every unit it passes, and the slope of a sigmoid is at most a quarter, near 0 where it saturates.",
    ),
  },
  {
    name: "maxout",
    section: ACTIVATIONS,
    title: t("Maxout"),
    notice: t("Each unit takes the larger of two lines: no saturation, no dying, at twice the parameters."),
    document: { network: { hidden: [layer(5, "maxout")] }, training: { optimizer: "adam", learning_rate: 0.02 } },
    dataset: { name: "moons" },
    trials: [
      tryActivation(t("ReLU in place of Maxout"), "relu", 5),
      tryActivation(t("Two Maxout units"), "maxout", 2),
      tryActivation(t("Five Maxout units"), "maxout", 5),
    ],
    question: t("A Maxout unit can be a ReLU. How?"),
    answer: t("Let one of its two lines be 0 everywhere: the larger of 0 and w·x + b is a ReLU."),
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
    trials: [
      { title: t("He initialization"), patch: { network: { init: "he" } } },
      { title: t("Small random weights"), patch: { network: { init: "small_random" } } },
      { title: t("All zero again"), patch: { network: { init: "zero" } } },
    ],
    question: t("May the biases start at 0?"),
    answer: t("Yes. Random weights are enough: each unit then has a gradient of its own and goes its own way."),
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
    trials: [
      tryActivation(t("Three units"), "relu", 3),
      tryLoss(t("The SVM loss"), "svm"),
      tryLoss(t("The softmax loss"), "softmax"),
    ],
    question: t("What is special about a place where three regions meet?"),
    answer: t("Three scores are equal there, and larger than all others."),
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
    trials: [tryLoss(t("The softmax loss"), "softmax"), tryLoss(t("The SVM loss"), "svm"), tryL2(0.1)],
    question: t("All points are beyond the margin. What still moves the weights?"),
    answer: t("Regularization alone: the data loss is 0 then, and so is its gradient."),
  },
];
