// Experiments of the gallery: sizes of layers, and what holds a network back. A table and nothing else.

import { t } from "../../core/messages.js";
import { SIZES } from "./sections.js";
import { NOISY_CIRCLE, NOISY_MOONS, layer, tryL2, tryRate, tryUnits } from "./trials.js";

/** @type {import("./table.js").Preset[]} */
export const ABOUT_SIZES = [
  {
    name: "note-sizes",
    section: SIZES,
    title: t("3, 6 and 20 hidden units"),
    notice: t(
      "The note's first three pictures, live: three units draw in broad strokes, twenty bend around single points.",
    ),
    document: {
      network: { hidden: [layer(3, "tanh")] },
      training: { optimizer: "adam", learning_rate: 0.03, l2: 0.001 },
    },
    dataset: NOISY_CIRCLE,
    compare: { path: "network.hidden.units", values: [3, 6, 20] },
    trials: [tryL2(0), tryL2(0.01), tryL2(0.1)],
    question: t("Which of the three has the highest training accuracy, and which the highest test accuracy?"),
    answer: t(
      "The largest one fits the training points best. On test points it need not: what it has gained are bends around noise.",
    ),
  },
  {
    name: "note-l2",
    section: SIZES,
    title: t("L2 of 0.001, 0.01 and 0.1"),
    notice: t("The note's other three pictures, live: twenty units each, and the more L2, the smoother the border."),
    document: {
      network: { hidden: [layer(20, "tanh")] },
      training: { optimizer: "adam", learning_rate: 0.03, l2: 0.001 },
    },
    dataset: NOISY_CIRCLE,
    compare: { path: "training.l2", values: [0.001, 0.01, 0.1] },
    trials: [tryRate(0.01), tryRate(0.1)],
    question: t("What do border and ‖W‖ under each plane say of the three?"),
    answer: t(
      "‖W‖ shrinks from left to right, and the border loses its bends: those need large weights, which L2 makes expensive. The number of units is the same.",
    ),
  },
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
    question: t(
      "Which of these networks would you trust on new points, and is the smallest one the way to a smooth boundary?",
    ),
    answer: t(
      "The large one with more L2. A small network fits less and gets stuck more easily; what holds a network back is regularization, not its size.",
    ),
  },
  {
    name: "three-units",
    section: SIZES,
    title: t("Three hidden units"),
    notice: t("A small network draws in broad strokes, and its test loss stays low. Compare with twenty units."),
    document: { network: { hidden: [layer(3, "tanh")] }, training: { optimizer: "adam", learning_rate: 0.02, l2: 0 } },
    dataset: NOISY_MOONS,
    trials: [tryUnits(6), tryUnits(20), tryUnits(3)],
    question: t("Its training loss stays higher than that of twenty units. Is it the worse network?"),
    answer: t(
      "Not for new points: the test loss says more about them, and it is the twenty units that lose there, unless L2 holds them back.",
    ),
  },
  {
    name: "twenty-units",
    section: SIZES,
    title: t("Twenty hidden units overfit"),
    notice: t("The training loss falls while the test loss rises: the boundary bends around single noisy points."),
    document: { network: { hidden: [layer(20, "tanh")] }, training: { optimizer: "adam", learning_rate: 0.05, l2: 0 } },
    dataset: NOISY_MOONS,
    trials: [tryL2(0.01), tryL2(0.1), tryUnits(3)],
    question: t("Which curve tells when it begins to overfit?"),
    answer: t("The test loss: it turns and rises, while the training loss goes on falling."),
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
    trials: [tryL2(0), tryL2(0.001), tryL2(0.1)],
    question: t("What does L2 do to a weight in each step?"),
    answer: t(
      "It adds half of l2 times the sum of all w² to the loss, so each step pulls a weight towards 0 in proportion to its size: sharp bends need large weights, and those cost most.",
    ),
  },
];
