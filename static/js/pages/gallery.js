// The gallery: its cards, how the chosen experiment takes the place of the one on the page, and its text in the rail.

import { mergePatch } from "../core/merge-patch.js";
import { PREFIX } from "../core/prefix.js";
import { byId } from "../views/dom.js";
import { createGallery } from "../views/header/gallery.js";
import { SECTIONS } from "./presets/sections.js";
import { PRESETS } from "./presets/table.js";

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
/** @typedef {import("./presets/table.js").Preset} Preset */

/**
 * @param {import("./extras.js").Parts} parts
 * @returns {() => void} opens it
 */
export function makeGallery({ catalog, actions, panels, showLesson }) {
  return createGallery(/** @type {HTMLDialogElement} */ (byId("gallery-dialog")), {
    cards: PRESETS,
    sections: SECTIONS,
    pictureOf: ({ name }) => new URL(`../../pictures/gallery/${name}${ofTheme()}.webp`, import.meta.url).href,
    onChoose(preset) {
      const isOfSeveral = preset.compare || panels().length > 1; // which stay at their own address
      if (isOfSeveral) return location.assign(`${PREFIX}/?preset=${preset.name}`);
      if (!actions.allows({ kind: "patch", patch: { points: [], network: {}, training: {} } })) return;
      changesForPreset(preset, catalog.defaults).forEach(actions.change);
      showLesson(preset);
    },
  });
}

const ofTheme = () => (document.documentElement.dataset.theme === "dark" ? "-dark" : "");

/**
 * One edit for the settings and the data, then Run from the start.
 * @param {Preset} preset
 * @param {import("../core/types.js").LabDocument} defaults
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
 * @param {import("../core/types.js").LabDocument} defaults
 */
export function withUsualLayers(patch, { network: { hidden } }) {
  if (!patch.network?.hidden) return patch;
  const layers = patch.network.hidden.map((/** @type {object} */ layer) => ({ ...hidden[0], ...layer }));
  return { ...patch, network: { ...patch.network, hidden: layers } };
}
