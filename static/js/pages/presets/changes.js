// What the choice of an experiment of the gallery changes, and what its trials do. Pure.

import { mergePatch } from "../../core/merge-patch.js";

/** @typedef {import("../../core/changes.js").Change} Change */
/** @typedef {import("./table.js").Preset} Preset */

/** Null brings the usual value back. */
const USUAL_DATASET = {
  points: null,
  noise: null,
  seed: null,
  test_fraction: null,
  balance: null,
  shuffle: null,
  classes: null,
};

/**
 * One edit for the settings and the data, then Run from the start.
 * @param {Preset} preset
 * @param {import("../../core/types.js").LabDocument} defaults
 * @returns {Change[]}
 */
export function changesForPreset({ title, document, dataset }, defaults) {
  const { task, network, training, classes } = defaults;
  const patch = withUsualLayers(
    mergePatch({ title, task, network, training, classes, points: [] }, document),
    defaults,
  );
  patch.dataset = { ...USUAL_DATASET, ...dataset };
  return [
    { kind: "patch", patch, isAfresh: true },
    { kind: "command", name: "run" },
  ];
}

/**
 * A patch whose hidden layers have all their fields.
 * @param {Record<string, any>} patch
 * @param {import("../../core/types.js").LabDocument} defaults
 */
export function withUsualLayers(patch, { network: { hidden } }) {
  if (!patch.network?.hidden) return patch;
  const layers = patch.network.hidden.map((/** @type {object} */ layer) => ({ ...hidden[0], ...layer }));
  return { ...patch, network: { ...patch.network, hidden: layers } };
}
