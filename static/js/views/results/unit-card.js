// One unit in numbers: its map, large, with its range; its bias and its incoming weights, which can be typed anew.

import { unitCounts } from "../../core/diagram-links.js";
import { t } from "../../core/messages.js";
import { formatNumber } from "../../core/numbers.js";
import { activationOf } from "../../core/layer-parts.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { createUnitMapLayer } from "../../draw/unit-map.js";
import { h, setText } from "../dom.js";
import { helpButton } from "../help/help.js";
import { unitName } from "../network/unit-names.js";
import { createWeightList } from "./weight-list.js";

/** @typedef {import("../../core/changes.js").WeightEntry} WeightEntry */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, inside: import("../../core/types.js").Inside,
 *   map: import("../../core/types.js").UnitMap, scale: Uint32Array, layer: number, unit: number, isOnPlane: boolean,
 *   canEdit: boolean, activationLabel: (name: string) => string}} CardState
 */

const MAP_CSS = 128;

/**
 * @param {HTMLElement} element
 * @param {{onWeight: (entry: WeightEntry) => void, onTogglePlane: () => void}} options
 */
export function createUnitCard(element, { onWeight, onTogglePlane }) {
  const title = h("h3", {});
  const formula = h("p", { class: "quiet unit-formula" });
  const map = createUnitMap();
  const onPlane = h(
    "button",
    { type: "button", class: "button small", "aria-pressed": "false", on: { click: onTogglePlane } },
    t("Show on the plane"),
  );
  const weights = createWeightList(onWeight);
  const name = h("div", { class: "unit-name" }, title, formula);
  const tools = h("div", { class: "unit-tools" }, onPlane, helpButton({ label: t("One unit"), about: "unit" }));
  const words = h("div", { class: "unit-words" }, h("div", { class: "unit-head" }, name, tools), weights.element);
  element.append(map.element, words);

  return {
    /** @param {CardState} state */
    show(state) {
      const { document, layer, unit, inside, isOnPlane, activationLabel } = state;
      const outputs = unitCounts(document.network, inside.weights)[inside.weights.length];
      const isOutput = layer === inside.weights.length;
      setText(title, unitName(document, layer, unit, outputs));
      setText(formula, formulaOf(layer, activationOf(document.network, layer), isOutput, activationLabel));
      onPlane.setAttribute("aria-pressed", String(isOnPlane));
      weights.show(state);
      map.show(state);
    },
    edit: weights.edit,
    destroy() {
      map.element.remove();
      words.remove();
    },
  };
}

/** The unit's map, large, with its range. */
function createUnitMap() {
  const canvas = h("canvas", { class: "unit-large", role: "img" });
  const [low, high] = [h("span", {}), h("span", {})];
  const legend = h("div", { class: "scale-legend" }, low, h("span", { class: "scale-bar", "aria-hidden": true }), high);
  const drawMap = createUnitMapLayer();
  return {
    element: h("div", { class: "unit-map" }, canvas, legend),
    /** @param {CardState} state */
    show({ map, scale }) {
      fitCanvas(canvas, MAP_CSS, MAP_CSS);
      drawMap(contextOf(canvas), map, scale, MAP_CSS);
      const [from, to] = map.value_range.map(formatNumber);
      canvas.setAttribute("aria-label", t("Map of this unit over the plane, from {from} to {to}", { from, to }));
      setText(low, from);
      setText(high, to);
    },
  };
}

/** @param {number} layer @param {string} activation @param {boolean} isOutput @param {(name: string) => string} label */
function formulaOf(layer, activation, isOutput, label) {
  if (layer === 0) return t("What the network sees of a point.");
  if (isOutput) return t("w·x + b, with no activation function");
  return activation === "maxout"
    ? t("the largest of its pieces w·x + b")
    : t("{activation} of {sum}", { activation: label(activation), sum: "w·x + b" });
}
