// What the loss chart marks, in words: where in the course of training a setting, the data or a weight was changed by hand. Pure.

import { layerSetting, valueText } from "./comparison.js";
import { formatCount } from "./format.js";
import { t } from "./messages.js";
import { formatWeight } from "./numbers.js";

/** @typedef {import("./types.js").Mark} ServerMark */
/** @typedef {import("./types.js").FieldSpec} FieldSpec */
/** @typedef {{step: number, name: string, from: string, to: string}} Mark */

/** What is no field of the document. @type {Record<string, (mark: ServerMark) => Omit<Mark, "step">>} */
const OTHERS = {
  points: ({ before, after }) => ({
    name: t("Points"),
    from: formatCount(before),
    to: before === after ? t("others") : formatCount(after),
  }),
  weights: ({ after, ...place }) => byHand(t("Weight of layer {layer}, unit {unit}", fromOne(place)), after),
  biases: ({ after, ...place }) => byHand(t("Bias of layer {layer}, unit {unit}", fromOne(place)), after),
  model: () => ({ name: t("All weights"), from: "…", to: t("by hand") }),
};

/** @param {ServerMark} mark @param {Record<string, FieldSpec>} fields the catalog's rows @returns {Mark} */
export function inWords(mark, fields) {
  const { step, field, before, after, layer } = mark;
  if (field in OTHERS) return { step, ...OTHERS[field](mark) };
  const row = fields[field];
  const label = row?.label ?? field;
  const name = typeof layer === "number" ? layerSetting(layer - 1, label) : label;
  return { step, name, from: valueText(before, row), to: valueText(after, row) };
}

/** @param {string} name @param {number} value */
const byHand = (name, value) => ({ name, from: t("by hand"), to: formatWeight(value) });

/** @param {Pick<ServerMark, "layer"|"unit">} place */
const fromOne = ({ layer, unit }) => ({ layer: layer ?? 0, unit: (unit ?? 0) + 1 });
