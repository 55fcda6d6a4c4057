// Parts that the gallery's experiments share: layers, noisy points, and changes to try.

import { formatSetting } from "../../core/format.js";
import { t } from "../../core/messages.js";

/** @typedef {import("../../views/rail/lesson.js").Trial} Trial */

/** Few points and much noise: what a large network will overfit. */
export const NOISY_MOONS = { name: "moons", points: 120, noise: 0.3, test_fraction: 0.5 };

/** One class inside the other, with some of each among the others: what the note's pictures show. */
export const NOISY_CIRCLE = { name: "circle", points: 120, noise: 0.5, test_fraction: 0.5 };

/** @param {number} units @param {string} activation */
export const layer = (units, activation) => ({ units, activation });

/** @param {number} units @returns {Trial} */
export const tryUnits = (units) => ({
  title: t("{units} hidden units", { units }),
  patch: { network: { hidden: [layer(units, "tanh")] } },
});

/** The same layers with another activation. @param {string} name @param {string} activation @param {number[]} units @returns {Trial} */
export const tryActivation = (name, activation, ...units) => ({
  title: name,
  patch: { network: { hidden: units.map((count) => layer(count, activation)) } },
});

export const tryNoLayer = { title: t("No hidden layer"), patch: { network: { hidden: [] } } };

/** @param {string} title @param {string} loss @returns {Trial} */
export const tryLoss = (title, loss) => ({ title, patch: { network: { loss } } });

/** @param {number} rate @returns {Trial} */
export const tryRate = (rate) => ({
  title: t("Learning rate {rate}, from the start", { rate: formatSetting(rate) }),
  patch: { training: { learning_rate: rate } },
  isAfresh: true,
});

/** @param {number} l2 @returns {Trial} */
export const tryL2 = (l2) => ({ title: t("L2 strength {l2}", { l2: formatSetting(l2) }), patch: { training: { l2 } } });
