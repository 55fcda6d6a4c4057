// One unit in numbers: its map, large, with its range; its bias and its incoming weights, which can be typed anew.

import { rowSources, unitCounts } from "../../core/diagram-links.js";
import { t } from "../../core/messages.js";
import { formatNumber } from "../../core/numbers.js";
import { activationOf, piecesOf } from "../../core/probe.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { createUnitMapLayer } from "../../draw/unit-map.js";
import { h, setText } from "../dom.js";
import { helpButton } from "../help/help.js";
import { shortUnitName, unitName } from "../network/unit-names.js";
import { createWeightInput } from "./weight-input.js";

/** @typedef {import("../../core/changes.js").WeightEntry} WeightEntry */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, inside: import("../../core/types.js").Inside,
 *   map: import("../../core/types.js").UnitMap, scale: Uint32Array, layer: number, unit: number, isOnPlane: boolean,
 *   canEdit: boolean, activationLabel: (name: string) => string}} CardState
 */
/** @typedef {{bar: HTMLElement, field: ReturnType<typeof createWeightInput>, valueOf: (pieces: ReturnType<typeof piecesOf>) => number}} Row */

const MAP_CSS = 200;

/**
 * @param {HTMLElement} element
 * @param {{onWeight: (entry: WeightEntry) => void, onTogglePlane: () => void}} options
 */
export function createUnitCard(element, { onWeight, onTogglePlane }) {
  const title = h("h3", {});
  const formula = h("p", { class: "quiet unit-formula" });
  const canvas = h("canvas", { class: "unit-large", role: "img" });
  const [low, high] = [h("span", {}), h("span", {})];
  const onPlane = h(
    "button",
    { type: "button", class: "button small", "aria-pressed": "false", on: { click: onTogglePlane } },
    t("Show on the plane"),
  );
  const list = h("div", {
    class: "weight-list",
    tabindex: 0,
    role: "group",
    "aria-label": t("Bias and incoming weights"),
  });
  const legend = h("div", { class: "scale-legend" }, low, h("span", { class: "scale-bar", "aria-hidden": true }), high);
  element.append(
    title,
    formula,
    h("div", { class: "unit-map" }, canvas, legend, onPlane, helpButton({ label: t("One unit"), about: "unit" })),
    list,
  );
  const drawMap = createUnitMapLayer();
  /** @type {Map<string, Row>} by "bias.piece" and "row.piece" */
  let rows = new Map();
  let builtFor = "";

  /** @param {CardState} state */
  const build = (state) => {
    const { document, inside, layer, unit } = state;
    const counts = unitCounts(document.network, inside.weights);
    const key = JSON.stringify([
      counts,
      document.network.inputs,
      document.network.hidden.map(({ activation }) => activation),
      document.network.skips,
      layer,
      unit,
    ]);
    if (key === builtFor) return;
    builtFor = key;
    rows = new Map();
    list.replaceChildren();
    if (layer === 0) return;
    const sources = rowSources(document.network, layer, counts);
    const sourceName = (/** @type {{layer: number, unit: number}} */ source) => {
      const name = shortUnitName(document, source.layer, source.unit, counts[counts.length - 1]);
      const isUsual = source.layer === layer - 1 || source.layer === 0;
      return isUsual ? name : t("layer {layer} {unit}", { layer: source.layer, unit: name });
    };
    const pieces = piecesOf(inside.weights[layer - 1]);
    pieces.forEach((_, piece) => {
      if (pieces.length > 1) list.append(h("p", { class: "quiet piece" }, t("Piece {number}", { number: piece + 1 })));
      addRow(
        `bias.${piece}`,
        t("bias"),
        (all) => all[piece].biases[unit],
        (bias) => onWeight({ layer: layer - 1, unit, bias, piece }),
      );
      sources.forEach((source, row) =>
        addRow(
          `${row}.${piece}`,
          sourceName(source),
          (all) => all[piece].weights[row][unit],
          (value) => onWeight({ layer: layer - 1, row, column: unit, value, piece }),
        ),
      );
    });
  };

  /** @param {string} key @param {string} name @param {Row["valueOf"]} valueOf @param {(value: number) => void} onInput */
  const addRow = (key, name, valueOf, onInput) => {
    const field = createWeightInput(key.startsWith("bias") ? t("Bias") : t("Weight from {name}", { name }), onInput);
    const bar = h("span", { class: "weight-bar", "aria-hidden": true });
    rows.set(key, { field, bar, valueOf });
    list.append(h("label", { class: "weight-row" }, h("span", { class: "weight-name" }, name), bar, field.input));
  };

  /** @param {CardState} state */
  const showNumbers = ({ inside, layer, canEdit }) => {
    if (layer === 0) return;
    const pieces = piecesOf(inside.weights[layer - 1]);
    const values = [...rows.values()].map((row) => row.valueOf(pieces));
    const most = Math.max(...values.map(Math.abs)) || 1;
    [...rows.values()].forEach(({ field, bar }, index) => {
      field.show(values[index], canEdit);
      bar.style.setProperty("--share", (Math.abs(values[index]) / most).toFixed(3));
      bar.classList.toggle("is-negative", values[index] < 0);
    });
  };

  /** @param {CardState} state */
  const showMap = ({ map, scale, isOnPlane }) => {
    fitCanvas(canvas, MAP_CSS, MAP_CSS);
    drawMap(contextOf(canvas), map, scale, MAP_CSS);
    const [from, to] = map.value_range.map(formatNumber);
    canvas.setAttribute("aria-label", t("Map of this unit over the plane, from {from} to {to}", { from, to }));
    setText(low, from);
    setText(high, to);
    onPlane.setAttribute("aria-pressed", String(isOnPlane));
  };

  return {
    /** @param {CardState} state */
    show(state) {
      const { document, layer, unit, inside, activationLabel } = state;
      const outputs = unitCounts(document.network, inside.weights)[inside.weights.length];
      setText(title, unitName(document, layer, unit, outputs));
      setText(
        formula,
        formulaOf(layer, activationOf(document.network, layer), layer === inside.weights.length, activationLabel),
      );
      build(state);
      list.classList.toggle("is-empty", layer === 0);
      showMap(state);
      showNumbers(state);
    },
    /** Put the cursor into a weight (by its row) or a bias (row null). @param {number|null} row @param {number} piece */
    edit(row, piece) {
      const input = rows.get(`${row ?? "bias"}.${piece}`)?.field.input;
      input?.scrollIntoView({ block: "nearest" });
      input?.focus();
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
