// What to try with each setting, so that what the note says of it can be seen, by the path of its field.

import { t } from "../../core/messages.js";

/** @type {Record<string, string>} */
export const TRIES = {
  task: t("Choose to fit a curve, make Points 20 and press Run, then drag a point: the curve follows it."),
  classes: t("Choose Spiral with 3 classes and press Run: a third score joins, and a third region."),
  "dataset.name": t(
    "Choose Circle, take all hidden layers away and press Run: a linear classifier can only cut straight. Then add a hidden layer.",
  ),
  "dataset.points": t(
    "Make it 30 and press Run: the network learns the training points by heart, and the test accuracy stays behind.",
  ),
  "dataset.noise": t(
    "Make it 0.4, press Run and wait: regions reach for single points, and the test loss rises. That is overfitting.",
  ),
  "dataset.test_fraction": t(
    "Make it 0.8 and press Run: with few training points left, the test loss stays far above the training loss.",
  ),
  "dataset.balance": t(
    "Make it 0.1, press Run and look at the confusion counts inside the network: errors on the rare class hardly touch the accuracy.",
  ),
  "dataset.shuffle": t(
    "Switch it off together with “Shuffle the points” and press Run with SGD at learning rate 0.1: each minibatch shows one class only, and the loss zigzags.",
  ),
  "network.inputs": t(
    "Choose Circle, take all hidden layers away and switch on x² and y²: now a linear classifier draws a round boundary.",
  ),
  "network.scaling": t(
    "Choose Penguins, make this None and press Reset and Run: the network learns little. Then the same with Standard.",
  ),
  "network.hidden": t(
    "Choose Spiral and press Run with 0, then 1, then 2 hidden layers: the regions bend more and more.",
  ),
  "network.hidden.units": t("Press Run with 1, then 3, then 20 units: more units draw more complicated regions."),
  "network.hidden.activation": t(
    "Choose Sigmoid in every layer, press Reset and Run, then the same with tanh: Sigmoid needs far more steps.",
  ),
  "network.hidden.pieces": t(
    "Go from 2 to 4 and look at a unit's map inside the network: it gets more folds, and the layer more parameters.",
  ),
  "network.skips": t(
    "Add one and look inside the network: its links lead past a layer, and the count of weights grows.",
  ),
  "network.loss": t(
    "Choose Two clouds, set L2 strength to 0 and press Run: the loss of SVM soon stays at 0, that of Softmax never gets there.",
  ),
  "network.init": t("Choose Zero and press Run: the loss hardly falls, for all units of a layer stay alike."),
  "network.init_scale": t(
    "Make it 20 and look inside the network: most tanh units start saturated, and learning is slow.",
  ),
  "network.seed": t(
    "Press New seed a few times with 3 units, then with 20: small networks end in different places, large ones nearly alike.",
  ),
  "training.optimizer": t(
    "Press Reset and Run with SGD, then with Adam, both at learning rate 0.01: Adam is far ahead after the same steps.",
  ),
  "training.learning_rate": t("Make it 10 and press Run: the loss jumps. At 0.0001 it hardly moves."),
  "training.learning_rate_decay": t(
    "Set the learning rate to 1, so that the loss jumps, then this to 0.01: the steps get shorter, and the loss calms down.",
  ),
  "training.momentum": t(
    "Choose the optimizer Momentum and press Reset and Run with 0, then with 0.9: the loss falls much faster.",
  ),
  "training.batch_size": t("Make it 1: the loss zigzags. At 100 it falls smoothly, but each step costs more work."),
  "training.shuffle": t(
    "Switch it off together with “Mixed order” of the data and press Run with SGD at learning rate 0.1: each minibatch shows one class only, and the loss zigzags.",
  ),
  "training.l2": t(
    "With 20 units, go from 0.001 to 0.01 and 0.1 while it runs: the regions get smoother and in the end too plain.",
  ),
  "training.l1": t("Make it 0.01 and look inside the network while it runs: many links fade away."),
  "training.max_norm": t("Make it 1 while it runs: weights stay short, and the regions get softer."),
  "training.keep_prob": t(
    "With 20 units, make it 0.5: no unit can rely on another, so the training loss stays higher.",
  ),
  "training.input_noise": t(
    "Make it 0.5 while it runs: each step sees the points a little moved, so the boundary keeps its distance from them.",
  ),
  "stop.epoch": t(
    "Make it 20, press Run and write the loss down; then change one setting, press Reset and Run, and compare.",
  ),
  "stop.loss": t("Make it 0.1 and press Reset and Run, once with SGD, once with Adam: compare the steps they took."),
  "stop.accuracy": t(
    "Make it 0.9 and press Reset and Run, once with tanh, once with Sigmoid: compare the steps they took.",
  ),
  "pace.steps_per_second": t(
    "Make it 1: you see each update in its four phases. At 50,000 you see the result at once.",
  ),
  "pace.frames_per_second": t("Make it 2, then 30: training looks different and is just as fast."),
  "pace.resolution": t("Go from 20 to 200: the boundary gets sharper, and nothing changes for the training."),
};
