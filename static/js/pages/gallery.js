// The gallery: its cards, how the chosen experiment takes the place of the one on the page, and its text in the rail.

import { PREFIX } from "../core/prefix.js";
import { byId } from "../views/dom.js";
import { createGallery } from "../views/header/gallery.js";
import { changesForPreset } from "./presets/changes.js";
import { SECTIONS } from "./presets/sections.js";
import { PRESETS } from "./presets/table.js";

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
