// One update in slow motion: its four phases, how long each is shown, and where a walk through them stands.
// Pure arithmetic; knows nothing of the page.

import { formatCount, formatLoss, formatShare } from "./format.js";

/** @typedef {import("./types.js").Phases} Phases */
/**
 * A walk through an update's phases. `phase` is that of PHASES which is shown now, null when the walk is over.
 * @typedef {{phases: Phases, phase: number|null, length_ms: number}} Walk
 */

export const PHASES = ["forward", "loss", "backward", "update"];
export const [FORWARD, LOSS, BACKWARD, UPDATE] = [0, 1, 2, 3];

/** A step taken by hand is shown as long as it takes to follow it. */
const BY_HAND_MS = 3200;

/** While training runs, the walk ends a little before the next update. */
const SHARE_OF_PACE = 0.92;
const LONGEST_MS = 8000;

/**
 * How long a walk through the four phases takes.
 * @param {boolean} isRunning
 * @param {number} stepsPerSecond
 */
export function walkLength_ms(isRunning, stepsPerSecond) {
  return isRunning ? Math.min(LONGEST_MS, (1000 / stepsPerSecond) * SHARE_OF_PACE) : BY_HAND_MS;
}

/**
 * Which layer the flow has reached, and how far it is on the way into it: from left to right in the forward phase, from right
 * to left in the backward phase.
 * @param {number} phase
 * @param {number} share of the phase that is over, 0..1
 * @param {number} numLayers
 */
export function flowAt(phase, share, numLayers) {
  const passed = Math.min(share * numLayers, numLayers - 1e-9);
  const index = Math.floor(passed);
  return { layer: phase === BACKWARD ? numLayers - index : index + 1, share: passed - index };
}

/**
 * The figure that stands at a layer in a phase, empty where there is none.
 * @param {Phases} phases
 * @param {number} phase
 * @param {number} layer from 1
 */
export function figureOf({ layers, loss }, phase, layer) {
  const { gradient_norm, update_ratio } = layers[layer - 1];
  if (phase === BACKWARD) return formatLoss(gradient_norm);
  if (phase === UPDATE) return formatShare(update_ratio);
  return phase === LOSS && layer === layers.length ? formatLoss(loss) : "";
}

/** The points of the minibatch, in words. @param {Phases} phases */
export function countOf({ points }) {
  return formatCount(points.length);
}
