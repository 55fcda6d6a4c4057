// What the page's pictures and groups of controls are, with a formula where there is one, in LaTeX, and what to try. By the
// name that their help button gives as `about`.

import { t } from "../../core/messages.js";

const tex = String.raw;

/** @type {Record<string, {what: string, formula?: string, trial: string}>} */
export const PICTURES = {
  chart: {
    what: t(
      "How loss or accuracy went, step by step: on the training points and, dashed, on the test points. Small marks show where you changed a setting; log makes small losses visible.",
    ),
    formula: tex`L = L_{\text{data}} + L_{\text{regularization}}`,
    trial: t(
      "Set Noise to 0.4, press Run and wait: the test line turns upwards while the training line still falls. That is overfitting.",
    ),
  },
  plane: {
    what: t(
      "What the network says all over the plane: how sure it is, only the class, how far the largest score is ahead, or lines where a probability is 0.5.",
    ),
    formula: tex`p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}`,
    trial: t("Press Reset, choose Contour at 0.5 and press Run: watch the boundary bend around the points."),
  },
  curve: {
    what: t(
      "The line is the network's output for every x. The faint lines are the units of the last hidden layer; their weighted sum is the output.",
    ),
    formula: tex`y = \sum_j w_j h_j(x) + b`,
    trial: t("Press Run with 2 units, then with 20: more units follow the points more closely."),
  },
  surface: {
    what: t(
      "The colour of a place is the network's output there; the colour inside a point is its target. Where both look alike, the fit is good.",
    ),
    formula: tex`L_i = \frac{1}{2} (s - t)^2`,
    trial: t("Choose Hills and press Run with 2 units, then with 20: more units find more of the hills."),
  },
  time: {
    what: t(
      "Moment shows any earlier step, with weights and chance exactly as they were. Back undoes one update, Step makes one, Step epoch uses every training point once.",
    ),
    trial: t(
      "Press Run, pause, note the loss, drag Moment to the left and press Run again: at the same step stands the same loss.",
    ),
  },
  slow_motion: {
    what: t(
      "One update a second in its four phases: forward computes scores, loss compares them with the classes, backward computes the gradient, update moves the weights.",
    ),
    formula: tex`h = f(x W + b) \\ L = \frac{1}{N} \sum_i L_i \\ g = \nabla L \\ w \leftarrow w - \eta g`,
    trial: t(
      "Set Minibatch size to 1, switch slow motion on and press Run: the ringed point alone decides where the weights go.",
    ),
  },
  points: {
    what: t("The marks choose the class of new points. Select, Paint and Erase change many points at once."),
    trial: t(
      "Paint a few points of one class amid the other and press Run: with enough hidden units, a region grows around them.",
    ),
  },
  diagram: {
    what: t(
      "Every unit with a map of its activation over the plane. The thicker a link, the larger its weight; dashed ones are negative.",
    ),
    formula: tex`h_l = f(h_{l-1} W_l + b_l)`,
    trial: t("Click a thick link, type 0 and press Enter: the maps after it and the decision regions change at once."),
  },
  unit: {
    what: t(
      "One unit: its value over the whole plane, and the bias and the weights that it comes from. You can type them anew while it trains.",
    ),
    formula: tex`h = f(w \cdot x + b)`,
    trial: t("Type another bias and press Enter: the line where the unit is 0 moves over the plane."),
  },
  health: {
    what: t(
      "Whether each layer still learns: how many units are dead or saturated, and how large its steps and its gradient are.",
    ),
    trial: t(
      "Give both hidden layers 20 ReLU units, choose SGD with learning rate 3, press Reset and Run: a large part of the units dies.",
    ),
  },
  dead: {
    what: t(
      "Share of units whose gradient is zero on every training point. A dead ReLU never comes back: it happens when the learning rate is too high. Worry from 40 %.",
    ),
    formula: tex`\frac{∂ L_i}{∂ z} = 0, i = 1, …, N`,
    trial: t("Let ReLU units die at learning rate 10, then press Reset and use Leaky ReLU: none can die."),
  },
  saturated: {
    what: t(
      "Share of answers that lie where f is flat, with a slope below 0.01. There a unit hardly learns. Sigmoid and tanh saturate when weights grow large.",
    ),
    formula: tex`|f'(z)| < 0.01`,
    trial: t("Set Initialization scale to 20 with tanh units: most answers are saturated from the start."),
  },
  update_ratio: {
    what: t(
      "Size of one step against the size of the weights it changes. About 0.001 is healthy; far more means the learning rate is too high, far less that it is too low.",
    ),
    formula: tex`\frac{‖Δ w‖}{‖w‖}`,
    trial: t("Make the learning rate ten times as large: the ratio grows tenfold or more."),
  },
  gradient: {
    what: t(
      "Length of the data loss's gradient by this layer's weights over all training points. If it shrinks layer by layer towards the input, gradients vanish.",
    ),
    formula: tex`‖\frac{∂ L_{\text{data}}}{∂ W}‖`,
    trial: t(
      "Use 5 hidden layers of Sigmoid and press Reset: the first layer's gradient is far smaller than the last one's.",
    ),
  },
  warp: {
    what: t(
      "The plane's grid and points as two units see them, the ones marked 1 and 2 in the diagram: to the right what the first says, upwards the second.",
    ),
    formula: tex`(x, y) \to (h_1, h_2)`,
    trial: t(
      "Choose Circle, give the last hidden layer 2 units and press Reset and Run: the grid folds until a straight line parts the classes.",
    ),
  },
  confusion: {
    what: t(
      "How many points of each class the network takes for which class. Right ones stand on the diagonal; their share is the accuracy.",
    ),
    formula: tex`\frac{1}{N} \sum_k n_{k k}`,
    trial: t("Set Noise to 0.4 and press Run: test points leave the diagonal more often than training points."),
  },
  probe: {
    what: t(
      "One point on its way forward: each layer's sums and activations, then the scores, the probabilities and the loss.",
    ),
    formula: tex`z = w \cdot x + b \\ h = f(z)`,
    trial: t("Move the pointer across a boundary: the probabilities swap, though no sum changes by much."),
  },
  comparison: {
    what: t(
      "All train on the same points in the same order. Change one setting of one of them: what differs then comes from it.",
    ),
    trial: t("Choose B, make all its layers Sigmoid and press Run: A with tanh is soon ahead."),
  },
};
