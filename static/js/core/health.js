// The health of a layer in plain words: what each diagnostic says and what to try. What gives reason to notice or to worry
// is the engine's to find (the snapshot's `findings`); here it is only worded.

import { SATURATING } from "./alarms.js";
import { formatLoss, formatPercent, formatShare, UNKNOWN } from "./format.js";
import { t } from "./messages.js";
import { inSentence } from "./wording.js";

/** @typedef {"good"|"watch"|"alarm"|"none"} Status none: there is nothing to judge */
/** @typedef {{name: string, text: string, status: Status, words: string}} Finding */
/** @typedef {import("./types.js").LayerHealth} LayerHealth */
/**
 * One column: its figure, what the engine can find about it, in words, and what to say when it finds nothing.
 * @typedef {{name: string, text: (layer: LayerHealth, activation: string) => string, codes: Record<string, string>,
 *   calm: (layer: LayerHealth, activation: string) => [Status, string]}} Diagnostic
 */

const OUTPUT = "output";

/** What a figure says that nobody worries about. @param {number|null} figure @param {string} words @returns {[Status, string]} */
const known = (figure, words) =>
  figure === null ? ["none", t("Known once there are training points.")] : ["good", words];

/** Small steps and gradients of a layer whose units are dead come from that. @param {LayerHealth} layer */
const isDead = ({ findings }) => findings.some(({ code }) => code === "dead");

/** @type {[Status, string]} */
const DEAD_FIRST = ["none", t("Look at the dead units first: they send no gradient.")];

/** @type {Diagnostic} */
const DEAD = {
  name: t("Dead units"),
  text: ({ dead_fraction: share }, activation) => shareText(share, activation),
  codes: {
    dead: t(
      "Off on every training point: their gradient is zero, so they never come back. Lower the learning rate and press Reset. Leaky ReLU units cannot die.",
    ),
    dying: t("A few units are off on every training point. Watch whether it grows; a lower learning rate stops it."),
  },
  calm: ({ dead_fraction: share }, activation) =>
    activation === OUTPUT
      ? ["none", t("Scores have no activation function, so they cannot die.")]
      : known(share, t("Units that are off on every training point and so cannot learn.")),
};

/** @type {Diagnostic} */
const SATURATED = {
  name: t("Saturated"),
  text: ({ saturated_fraction: share }, activation) => shareText(share, activation),
  codes: {
    saturated: t(
      "Most answers lie in the flat ends, where hardly any gradient comes through. Use a smaller initialization scale, more L2, or ReLU.",
    ),
    saturating: t(
      "Many answers lie in the flat ends and learn slowly. More L2 or a smaller initialization scale helps.",
    ),
  },
  calm: ({ saturated_fraction: share }, activation) => {
    if (share === null || activation === OUTPUT) return ["none", t("Scores have no flat ends.")];
    if (SATURATING.includes(activation))
      return ["good", t("Share of answers in the flat ends of f, where the slope is below 0.01.")];
    return [
      "none",
      t(
        "Share of answers with a slope below 0.01. ReLU units are off for part of the points by design: that makes regions.",
      ),
    ];
  },
};

/** @type {Diagnostic} */
const STEPS = {
  name: t("Update : weight"),
  text: ({ update_ratio: ratio }) => formatShare(ratio),
  codes: {
    huge_steps: t("A step changes a tenth of the weights or more. Lower the learning rate."),
    large_steps: t("Large steps; about 0.001 is healthy. Lower the learning rate if the loss jumps."),
    tiny_steps: t("Tiny steps: either training has arrived, or the learning rate is too low."),
  },
  calm: (layer) =>
    isDead(layer)
      ? DEAD_FIRST
      : known(layer.gradient_norm, t("Size of a step against the size of the weights; about 0.001 is healthy.")),
};

/** @type {Diagnostic} */
const GRADIENT = {
  name: t("Gradient"),
  text: ({ gradient_norm: norm }) => formatLoss(norm),
  codes: {
    exploding: t("Very steep: one step may throw the weights far away. Lower the learning rate or set a max norm."),
    stuck: t(
      "No pull at all: no example sends a gradient to this layer's weights. Press Reset with a lower learning rate or, if all weights began at 0, with another initialization.",
    ),
    vanishing: t(
      "Less than a thousandth of the output layer's: the gradient vanishes on its way back. Use ReLU, or fewer layers.",
    ),
  },
  calm: (layer) =>
    isDead(layer)
      ? DEAD_FIRST
      : known(
          layer.gradient_norm,
          t("Length of the loss's gradient by this layer's weights: how hard the data pulls."),
        ),
};

/** In the order in which they are shown. */
const DIAGNOSTICS = [DEAD, SATURATED, STEPS, GRADIENT];

/** Codes of the first layer that say why others are there. @type {Record<string, string>} */
const CAUSES = { large_inputs: t("Inputs are large: scale them. Set Input scaling to Standard and press Reset.") };

/** Every code about a layer itself that the engine can find. */
export const CODES = DIAGNOSTICS.flatMap(({ codes }) => Object.keys(codes));

/**
 * @param {LayerHealth} layer
 * @param {string} activation
 * @returns {Finding[]} dead, saturated, update : weight, gradient
 */
export function findingsOf(layer, activation) {
  return DIAGNOSTICS.map(({ name, text, codes, calm }) => {
    const found = layer.findings.find(({ code }) => code in codes);
    const [status, words] = found ? [found.status, codes[found.code]] : calm(layer, activation);
    return { name, text: text(layer, activation), status, words };
  });
}

/** Scores have no activation, and so no share. @param {number|null} share @param {string} activation */
const shareText = (share, activation) => (activation === OUTPUT ? UNKNOWN : formatPercent(share));

/** Names of layers 1..L; the last is the output layer. @param {number} index from 0 @param {number} count */
export function layerName(index, count) {
  return index === count - 1 ? t("Output layer") : t("Hidden layer {number}", { number: index + 1 });
}

/** What is wrong with what a layer gets; the rest comes from it. @param {LayerHealth} layer @returns {Finding[]} */
const causesOf = ({ findings }) =>
  findings
    .filter(({ code }) => code in CAUSES)
    .map(({ code, status }) => ({ name: t("Inputs"), text: t("large"), status, words: CAUSES[code] }));

/**
 * Every layer's findings, and its causes: where there is one, what else is wrong comes from it.
 * @param {LayerHealth[]} layers the output layer last
 * @param {{activation: string}[]} hidden
 */
export function healthOf(layers, hidden) {
  return layers.map((layer, index) => {
    const activation = index === layers.length - 1 ? OUTPUT : (hidden[index]?.activation ?? "identity");
    const findings = findingsOf(layer, activation);
    const causes = causesOf(layer);
    return {
      name: layerName(index, layers.length),
      findings,
      causes,
      alarms: [...causes, ...findings.filter(({ status }) => status === "alarm")],
    };
  });
}

/**
 * The alarms in one short line: the first, and how many more there are. Empty when all is well.
 * @param {ReturnType<typeof healthOf>} health
 */
export function alarmText(health) {
  const alarms = health.flatMap(({ name, alarms: found }) => found.map((alarm) => ({ layer: name, ...alarm })));
  if (!alarms.length) return "";
  const [{ layer, name, text }] = alarms;
  const first = `${layer}: ${inSentence(name)} ${text}`;
  return alarms.length > 1 ? t("{first} + {count}", { first, count: alarms.length - 1 }) : first;
}
