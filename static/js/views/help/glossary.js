// The words of the page, in the order of the note: what each means, with its formula where the page has one.

import { t } from "../../core/messages.js";
import { dialogHead } from "../dialog-head.js";
import { h } from "../dom.js";
import { formulaOf } from "./formulas.js";

/** @type {{word: string, meaning: string, formula?: string}[]} */
const WORDS = [
  {
    word: t("Unit, neuron"),
    meaning: t(
      "Multiplies its inputs by weights, adds them up with a bias, and passes the sum through an activation function.",
    ),
  },
  {
    word: t("Weight"),
    meaning: t(
      "How strongly one input counts in a unit's sum; negative ones count against it. Training changes weights and biases.",
    ),
  },
  {
    word: t("Bias"),
    meaning: t(
      "A number that is added to a unit's sum whatever the inputs are: it moves the place where the unit turns on.",
    ),
  },
  {
    word: t("Activation function"),
    meaning: t(
      "The function f of a unit's sum. Without a bend in it, all layers together would be one linear classifier.",
    ),
  },
  {
    word: t("Layer"),
    meaning: t(
      "Units that read the same inputs and are computed together, as one matrix product. A network is named by its layers with weights: two hidden layers and the scores make a 3-layer network.",
    ),
    formula: "network.hidden",
  },
  {
    word: t("Hidden layer"),
    meaning: t("A layer between the inputs and the scores. More units or layers can bend the regions more."),
  },
  { word: t("Forward"), meaning: t("Computing the scores from the inputs, layer by layer.") },
  {
    word: t("Score"),
    meaning: t(
      "What the output layer says of a class: the largest one is the prediction. Scores have no activation function.",
    ),
  },
  {
    word: t("Decision region, boundary"),
    meaning: t(
      "All places of the plane for which the network predicts the same class, and the line where that changes.",
    ),
  },
  {
    word: t("Loss"),
    meaning: t(
      "How bad the scores are, as one number: the mean over the points, plus the regularization. Training makes it small.",
    ),
    formula: "network.loss",
  },
  {
    word: t("Gradient"),
    meaning: t("The slope of the loss along every weight. A step against it makes the loss smaller."),
  },
  {
    word: t("Backward"),
    meaning: t("Computing the gradient by the chain rule, from the loss back through the layers."),
  },
  {
    word: t("Update, step"),
    meaning: t("One change of all weights by the optimizer, made from the gradient of one minibatch."),
    formula: "training.learning_rate",
  },
  {
    word: t("Learning rate"),
    meaning: t("How far a step goes. Too small and training crawls; too large and the loss jumps or diverges."),
  },
  {
    word: t("Minibatch"),
    meaning: t(
      "The few points one update looks at. Small ones are quick and noisy, all points at once give the exact gradient.",
    ),
    formula: "training.batch_size",
  },
  { word: t("Epoch"), meaning: t("As many updates as it takes to see every training point once.") },
  {
    word: t("Momentum"),
    meaning: t("Part of the last step goes into the next one, like a ball rolling downhill."),
    formula: "training.momentum",
  },
  {
    word: t("Regularization"),
    meaning: t(
      "A price on large weights, so that the network prefers smooth regions. The note's advice: use it instead of fewer units.",
    ),
    formula: "training.l2",
  },
  {
    word: t("Dropout"),
    meaning: t("While training, each unit is left out at random, so that no unit relies on another."),
    formula: "training.keep_prob",
  },
  {
    word: t("Overfitting"),
    meaning: t("The network fits the noise in the training points: their loss falls while the test loss rises."),
  },
  {
    word: t("Held-out point, test point"),
    meaning: t("A point that training never sees. Its loss tells how well the network does on new points."),
  },
  {
    word: t("Saturated"),
    meaning: t(
      "A sigmoid or tanh unit at a flat end, where the slope is nearly 0, so that hardly any gradient comes through.",
    ),
  },
  {
    word: t("Dead unit"),
    meaning: t(
      "A ReLU unit that is off on every training point: its gradient is 0, so it never comes back. A large learning rate makes them.",
    ),
  },
  {
    word: t("Initialization"),
    meaning: t("The random weights training starts from, from a seed. If all were 0, all units would stay the same."),
    formula: "network.init",
  },
  {
    word: t("Diverged"),
    meaning: t("The numbers have left the range a computer can hold. Lower the learning rate and reset."),
  },
];

/** @param {HTMLDialogElement} dialog @returns {() => void} opens it */
export function createGlossary(dialog) {
  const entries = WORDS.flatMap(({ word, meaning, formula }) => {
    const math = formulaOf(formula);
    return [h("dt", {}, word), h("dd", {}, meaning, ...(math ? [math] : []))];
  });
  dialog.replaceChildren(
    dialogHead(dialog, t("Glossary")),
    h("dl", { class: "words", tabindex: 0, "aria-labelledby": "glossary-title" }, ...entries),
  );
  return () => dialog.showModal();
}
