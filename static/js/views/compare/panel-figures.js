// What one of several experiments has reached, under its plane: accuracies, losses, how many regions it draws, how long the border
// between them is, and how large its weights are. The plane's figures are found when there is another picture.

import { borderLength, countRegions } from "../../core/borders.js";
import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { decodeLabels, decodeLeads } from "../../core/regions.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../../core/types.js").Snapshot} Snapshot */
/** @typedef {import("../../core/types.js").Regions} Regions */
/** @typedef {{snapshot: Snapshot, regions: Regions|null, isFit: boolean}} Reached */

/** @type {{label: string, title: string, isOfFits?: boolean, of: (reached: Reached, drawn: Drawn) => string}[]} */
const FIGURES = [
  { label: t("Train"), title: t("Training accuracy"), of: ({ snapshot }) => formatPercent(snapshot.accuracy) },
  { label: t("Test"), title: t("Test accuracy"), of: ({ snapshot }) => formatPercent(snapshot.test_accuracy) },
  { label: t("Loss"), title: t("Training loss"), isOfFits: true, of: ({ snapshot }) => formatLoss(snapshot.loss) },
  {
    label: t("Regions"),
    title: t("Connected areas of one class in the view"),
    of: (_, { count }) => formatCount(count),
  },
  {
    label: t("Border"),
    title: t("Length of the border between classes, in the plane's units"),
    of: (_, { length }) => formatLoss(length),
  },
  {
    label: "‖W‖",
    title: t("Norm of all weights: √Σ w²"),
    isOfFits: true,
    of: ({ snapshot }) => formatLoss(snapshot.weight_norm),
  },
];

export function createPanelFigures() {
  const rows = FIGURES.map(({ label, title }) => {
    const value = h("dd", {});
    return { value, element: h("div", { title }, h("dt", {}, label), value) };
  });
  const look = createLook();
  return {
    element: h("dl", { class: "panel-figures" }, ...rows.map(({ element }) => element)),
    /** @param {Reached} reached */
    show(reached) {
      const drawn = look(reached.regions);
      rows.forEach(({ element, value }, index) => {
        const { isOfFits, of } = FIGURES[index];
        element.hidden = reached.isFit && !isOfFits;
        setText(value, of(reached, drawn));
      });
    },
  };
}

/** @typedef {{count: number|null, length: number|null}} Drawn what a plane shows; null where it shows no classes */

/** Figures of the plane, found anew for another picture alone. */
function createLook() {
  /** @type {Regions|null} */
  let seen = null;
  /** @type {Drawn} */
  let drawn = { count: null, length: null };
  return (/** @type {Regions|null} */ regions) => {
    if (regions !== seen) drawn = figuresOf(regions);
    seen = regions;
    return drawn;
  };
}

/** @param {Regions|null} regions @returns {Drawn} */
function figuresOf(regions) {
  if (!regions?.labels) return { count: null, length: null };
  const { rows, cols } = regions;
  const cells = { rows, cols, labels: decodeLabels(regions.labels) };
  const leads = decodeLeads(regions.leads, cells);
  return { count: countRegions(cells), length: borderLength({ ...cells, leads }, /** @type {any} */ (regions)) };
}
