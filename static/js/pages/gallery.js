// The gallery: its cards, and how the chosen experiment takes the place of the one on the page.

import { mergePatch } from "../core/merge-patch.js";
import { byId } from "../views/dom.js";
import { createGallery } from "../views/header/gallery.js";
import { PRESETS } from "./presets.js";

/** What there is to notice stands until it can be seen. */
const NOTICE_MS = 60_000;

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

/** @typedef {import("../core/changes.js").Change} Change */

/** @param {import("./extras.js").Parts} parts @returns {() => void} opens it */
export function makeGallery({ catalog, actions, toasts }) {
  return createGallery(/** @type {HTMLDialogElement} */ (byId("gallery-dialog")), {
    cards: PRESETS,
    onChoose(preset) {
      if (!actions.allows({ kind: "patch", patch: { points: [], network: {}, training: {} } })) return;
      changesForPreset(preset, catalog.defaults).forEach(actions.change);
      toasts.show(preset.notice, "note", NOTICE_MS);
    },
  });
}

/**
 * One edit for the settings and the data, then Run from the start.
 * @param {import("./presets.js").Preset} preset
 * @param {import("../core/types.js").LabDocument} defaults
 * @returns {Change[]}
 */
function changesForPreset({ title, document, dataset }, defaults) {
  const { task, network, training, classes } = defaults;
  const patch = mergePatch({ title, task, network, training, classes, points: [] }, document);
  const usual = network.hidden[0];
  patch.network.hidden = patch.network.hidden.map((/** @type {object} */ layer) => ({ ...usual, ...layer }));
  patch.dataset = { ...USUAL_DATASET, ...dataset };
  return [
    { kind: "patch", patch },
    { kind: "command", name: "reset" },
    { kind: "command", name: "run" },
  ];
}
