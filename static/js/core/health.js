// The health of a layer in plain words: what each diagnostic says, whether to worry, and what to try.

import { DEAD_ALARM, hasLargeInputs, RATIO_ALARM, SATURATED_ALARM, SATURATING } from "./alarms.js";
import { formatLoss, formatPercent, formatShare, UNKNOWN } from "./format.js";
import { t } from "./messages.js";
import { inSentence } from "./wording.js";

/** @typedef {"good"|"watch"|"alarm"|"none"} Status */
/** @typedef {{name: string, text: string, status: Status, words: string, isLarge?: boolean}} Finding isLarge: what worries is that there is too much */
/** @typedef {import("./types.js").LayerHealth} LayerHealth */

const DEAD_WATCH = 0.1;
const SATURATED_WATCH = 0.4;

/** About a thousandth is a healthy step against the weights. */
const RATIO_LOW = 1e-5;
const RATIO_HIGH = 1e-2;

/** A layer whose gradient is so much smaller than the output layer's hardly learns; so large a one throws it about. */
const VANISHING = 1e-3;
const EXPLODING = 100;

/**
 * @param {LayerHealth} layer
 * @param {string} activation
 * @param {{outputGradient: number|null}} context the output layer's gradient norm
 * @returns {Finding[]} dead, saturated, update : weight, gradient
 */
export function findingsOf(layer, activation, { outputGradient }) {
  const isDead = activation !== "output" && Number(layer.dead_fraction) >= DEAD_ALARM;
  return [
    deadFinding(layer.dead_fraction, activation),
    saturatedFinding(layer.saturated_fraction, activation),
    isDead ? asConsequence(ratioFinding(layer.update_ratio)) : ratioFinding(layer.update_ratio),
    isDead
      ? asConsequence(gradientFinding(layer.gradient_norm, outputGradient))
      : gradientFinding(layer.gradient_norm, outputGradient),
  ];
}

/**
 * Small steps and a small gradient of a layer whose units are dead come from that, and are no worry of their own: what to do about
 * them stands with the dead units.
 * @param {Finding} found
 * @returns {Finding}
 */
function asConsequence(found) {
  const isSmall = found.status === "watch" && !found.isLarge;
  return isSmall ? { ...found, status: "none", words: t("Small because units of this layer are dead.") } : found;
}

/** @param {string} name @param {string} text @param {Status} status @param {string} words @returns {Finding} */
const finding = (name, text, status, words) => ({ name, text, status, words });

/** @param {Finding} found @returns {Finding} */
const large = (found) => ({ ...found, isLarge: true });

/** @param {number|null} share @param {string} activation */
function deadFinding(share, activation) {
  const name = t("Dead units");
  if (activation === "output")
    return finding(name, UNKNOWN, "none", t("Scores have no activation function, so they cannot die."));
  if (share === null) return finding(name, UNKNOWN, "none", t("Known once there are training points."));
  const text = formatPercent(share);
  if (share >= DEAD_ALARM)
    return finding(
      name,
      text,
      "alarm",
      t(
        "Off on every training point: their gradient is zero, so they never come back. Lower the learning rate and press Reset. Leaky ReLU units cannot die.",
      ),
    );
  if (share >= DEAD_WATCH)
    return finding(
      name,
      text,
      "watch",
      t("A few units are off on every training point. Watch whether it grows; a lower learning rate stops it."),
    );
  return finding(name, text, "good", t("Units that are off on every training point and so cannot learn."));
}

/** @param {number|null} share @param {string} activation */
function saturatedFinding(share, activation) {
  const name = t("Saturated");
  if (share === null || activation === "output") return finding(name, UNKNOWN, "none", t("Scores have no flat ends."));
  const text = formatPercent(share);
  if (!SATURATING.includes(activation))
    return finding(
      name,
      text,
      "none",
      t(
        "Share of answers with a slope below 0.01. ReLU units are off for part of the points by design: that makes regions.",
      ),
    );
  if (share >= SATURATED_ALARM)
    return finding(
      name,
      text,
      "alarm",
      t(
        "Most answers lie in the flat ends, where hardly any gradient comes through. Use a smaller initialization scale, more L2, or ReLU.",
      ),
    );
  if (share >= SATURATED_WATCH)
    return finding(
      name,
      text,
      "watch",
      t("Many answers lie in the flat ends and learn slowly. More L2 or a smaller initialization scale helps."),
    );
  return finding(name, text, "good", t("Share of answers in the flat ends of f, where the slope is below 0.01."));
}

/** @param {number|null} ratio */
function ratioFinding(ratio) {
  const name = t("Update : weight");
  if (ratio === null) return finding(name, UNKNOWN, "none", t("Known once there are training points."));
  const text = formatShare(ratio);
  if (ratio >= RATIO_ALARM)
    return finding(name, text, "alarm", t("A step changes a tenth of the weights or more. Lower the learning rate."));
  if (ratio >= RATIO_HIGH)
    return large(
      finding(
        name,
        text,
        "watch",
        t("Large steps; about 0.001 is healthy. Lower the learning rate if the loss jumps."),
      ),
    );
  if (ratio < RATIO_LOW)
    return finding(name, text, "watch", t("Tiny steps: either training has arrived, or the learning rate is too low."));
  return finding(name, text, "good", t("Size of a step against the size of the weights; about 0.001 is healthy."));
}

/** @param {number|null} norm @param {number|null} outputGradient */
function gradientFinding(norm, outputGradient) {
  const name = t("Gradient");
  if (norm === null) return finding(name, UNKNOWN, "none", t("Known once there are training points."));
  const text = formatLoss(norm);
  if (norm > EXPLODING)
    return large(
      finding(
        name,
        text,
        "watch",
        t("Very steep: one step may throw the weights far away. Lower the learning rate or set a max norm."),
      ),
    );
  if (norm === 0)
    return finding(
      name,
      text,
      "watch",
      t(
        "No pull at all: no example sends a gradient to this layer's weights. Lower the learning rate and press Reset.",
      ),
    );
  if (outputGradient && norm < VANISHING * outputGradient)
    return finding(
      name,
      text,
      "watch",
      t(
        "Less than a thousandth of the output layer's: the gradient vanishes on its way back. Use ReLU, or fewer layers.",
      ),
    );
  return finding(
    name,
    text,
    "good",
    t("Length of the loss's gradient by this layer's weights: how hard the data pulls."),
  );
}

/** Names of layers 1..L; the last is the output layer. @param {number} index from 0 @param {number} count */
export function layerName(index, count) {
  return index === count - 1 ? t("Output layer") : t("Hidden layer {number}", { number: index + 1 });
}

/** What is the matter with a layer's inputs, judged by the engine. @param {LayerHealth} layer @returns {Finding[]} */
function causesOf(layer) {
  if (!hasLargeInputs(layer)) return [];
  const words = t("Inputs are large: scale them. Set Input scaling to Standard and press Reset.");
  return [finding(t("Inputs"), t("large"), "alarm", words)];
}

/**
 * Every layer's findings, and its causes: where there is one, what else is wrong comes from it.
 * @param {LayerHealth[]} layers the output layer last
 * @param {{activation: string}[]} hidden
 */
export function healthOf(layers, hidden) {
  const outputGradient = layers.at(-1)?.gradient_norm ?? null;
  return layers.map((layer, index) => {
    const activation = index === layers.length - 1 ? "output" : (hidden[index]?.activation ?? "identity");
    const findings = findingsOf(layer, activation, { outputGradient });
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
