// A unit's bias and incoming weights as a list of boxes with bars, of a maxout unit for each of its pieces.

import { rowSources, unitCounts } from "../../core/diagram-links.js";
import { t } from "../../core/messages.js";
import { piecesOf } from "../../core/layer-parts.js";
import { h } from "../dom.js";
import { shortUnitName } from "../network/unit-names.js";
import { createWeightInput } from "./weight-input.js";

/** @typedef {import("./unit-card.js").CardState} CardState */
/** @typedef {import("../../core/changes.js").WeightEntry} WeightEntry */
/** @typedef {ReturnType<typeof piecesOf>} Pieces */
/** @typedef {{key: string, name: string, valueOf: (pieces: Pieces) => number, entry: (value: number) => Partial<WeightEntry>}} Item */

/** @param {(entry: WeightEntry) => void} onWeight */
export function createWeightList(onWeight) {
  const element = h("div", {
    class: "weight-list",
    tabindex: 0,
    role: "group",
    "aria-label": t("Bias and incoming weights"),
  });
  /** @type {Map<string, ReturnType<typeof createRow>>} by "bias.piece" and "row.piece" */
  let rows = new Map();
  let builtFor = "";

  /** @param {CardState} state */
  const build = (state) => {
    const key = keyFor(state);
    if (key === builtFor) return;
    builtFor = key;
    const { inside, layer } = state;
    const groups = layer === 0 ? [] : piecesOf(inside.weights[layer - 1]).map((_, piece) => itemsOf(state, piece));
    rows = new Map();
    element.replaceChildren();
    groups.forEach((items, piece) => {
      if (groups.length > 1)
        element.append(h("p", { class: "quiet piece" }, t("Piece {number}", { number: piece + 1 })));
      for (const item of items) {
        const change = (/** @type {number} */ value) =>
          onWeight(/** @type {WeightEntry} */ ({ layer, ...item.entry(value), piece }));
        const row = createRow(item, change);
        rows.set(item.key, row);
        element.append(row.element);
      }
    });
  };

  return {
    element,
    /** @param {CardState} state */
    show(state) {
      build(state);
      const { inside, layer, canEdit } = state;
      element.classList.toggle("is-empty", layer === 0);
      if (layer === 0) return;
      const pieces = piecesOf(inside.weights[layer - 1]);
      const values = [...rows.values()].map((row) => row.valueOf(pieces));
      const most = Math.max(...values.map(Math.abs)) || 1;
      [...rows.values()].forEach((row, index) => row.show(values[index], Math.abs(values[index]) / most, canEdit));
    },
    /** Put the cursor into a weight (by its row) or a bias (row null). @param {number|null} row @param {number} piece */
    edit(row, piece) {
      const input = rows.get(`${row ?? "bias"}.${piece}`)?.input;
      input?.scrollIntoView({ block: "nearest" });
      input?.focus();
    },
  };
}

/** What the list's rows depend on. @param {CardState} state */
function keyFor({ document: { network }, inside, layer, unit }) {
  const activations = network.hidden.map(({ activation }) => activation);
  const counts = unitCounts(network, inside.weights);
  const pieces = layer === 0 ? 0 : piecesOf(inside.weights[layer - 1]).length;
  const { inputs, scaling, skips } = network;
  return JSON.stringify([counts, inputs, scaling, activations, pieces, skips, layer, unit]);
}

/** Bias and weights of one piece. @param {CardState} state @param {number} piece @returns {Item[]} */
function itemsOf({ document, inside, layer, unit }, piece) {
  const counts = unitCounts(document.network, inside.weights);
  const sources = rowSources(document.network, layer, counts);
  const nameOf = (/** @type {{layer: number, unit: number}} */ source) => {
    const name = shortUnitName(document, source.layer, source.unit, counts[counts.length - 1]);
    const isUsual = source.layer === layer - 1 || source.layer === 0;
    return isUsual ? name : t("layer {layer} {unit}", { layer: source.layer, unit: name });
  };
  return [
    {
      key: `bias.${piece}`,
      name: "",
      valueOf: (pieces) => pieces[piece].biases[unit],
      entry: (bias) => ({ unit, bias }),
    },
    ...sources.map((source, row) => ({
      key: `${row}.${piece}`,
      name: nameOf(source),
      valueOf: (/** @type {Pieces} */ pieces) => pieces[piece].weights[row][unit],
      entry: (/** @type {number} */ value) => ({ row, column: unit, value }),
    })),
  ];
}

/** @param {Item} item without a name: the bias @param {(value: number) => void} onInput */
function createRow({ name, valueOf }, onInput) {
  const field = createWeightInput(name ? t("Weight from {name}", { name }) : t("Bias"), onInput);
  const bar = h("span", { class: "weight-bar", "aria-hidden": true });
  return {
    element: h(
      "label",
      { class: "weight-row" },
      h("span", { class: "weight-name" }, name || t("bias")),
      bar,
      field.input,
    ),
    input: field.input,
    valueOf,
    /** @param {number} value @param {number} share of the largest @param {boolean} canEdit */
    show(value, share, canEdit) {
      field.show(value, canEdit);
      bar.style.setProperty("--share", share.toFixed(3));
      bar.classList.toggle("is-negative", value < 0);
    },
  };
}
