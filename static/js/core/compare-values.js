// Which settings can be compared at several values, which values to propose, and how an address names them. Pure.

import { valueAt } from "./merge-patch.js";
import { sliderStops } from "./stops.js";

/** @typedef {import("./types.js").FieldSpec} FieldSpec */
/** @typedef {{path: string, values: unknown[]}} Comparison */

/** As many experiments as stand side by side. */
export const MOST_VALUES = 6;

const PATH = /^(network|training|dataset)\.(?!name$)/;

/** What the note compares, and what is worth comparing where the middle of a range says little. @type {Record<string, number[]>} */
const NOTED = {
  "network.hidden.units": [3, 6, 20],
  "training.l2": [0.001, 0.01, 0.1],
  "training.learning_rate": [0.01, 0.1, 1],
  "network.init_scale": [0.1, 1, 10],
  "dataset.noise": [0, 0.1, 0.3],
};

/** Is this a setting that may have several values? @param {Pick<FieldSpec, "path"|"type"|"choices">} spec */
export function isComparable({ path = "", type, choices }) {
  return (
    PATH.test(path) && (["number", "integer", "boolean"].includes(type) || (type === "choice" && Boolean(choices)))
  );
}

/**
 * Values to begin with: of a menu all that there is room for, of a seed it and the next ones, of a number three.
 * @param {FieldSpec} spec
 * @param {unknown} current the document's
 * @returns {unknown[]}
 */
export function proposedValues(spec, current) {
  if (spec.type === "boolean") return [false, true];
  if (spec.choices) return withCurrent(spec.choices.map(({ name }) => name).slice(0, MOST_VALUES), current);
  if (spec.path?.endsWith(".seed")) return Array.from({ length: MOST_VALUES }, (_, next) => Number(current) + next);
  return NOTED[spec.path ?? ""] ?? spread(sliderStops(spec));
}

/** @param {unknown[]} values @param {unknown} current */
const withCurrent = (values, current) =>
  values.includes(current) || current === undefined ? values : [current, ...values.slice(1)];

/** The first, the middle and the last stop of a slider. @param {(number|null)[]} stops */
const spread = (stops) => [stops[0], stops[Math.floor(stops.length / 2)], stops[stops.length - 1]];

/**
 * The setting's value in a document; of hidden layers, the first one's where all are meant.
 * @param {import("./types.js").LabDocument} document
 * @param {string} path such as "network.hidden.units" or "network.hidden.2.units"
 */
export function settingIn(document, path) {
  const [, number = "1", name] = /^network\.hidden\.(?:(\d+)\.)?(\w+)$/.exec(path) ?? [];
  if (!name) return valueAt(document, path);
  return valueAt(document.network.hidden[Number(number) - 1], name);
}

/** The comparison that a text such as "training.l2:0.001,0.01,0.1" names, null where it names none. @param {string|null} text @returns {Comparison|null} */
export function comparisonOf(text) {
  const [, path, values] = /^([\w.]+):(.+)$/.exec(text ?? "") ?? [];
  return path ? { path, values: values.split(",").map(valueOf) } : null;
}

/** @param {string} text */
function valueOf(text) {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null" || text === "off") return null;
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
