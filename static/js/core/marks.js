// Where in the course of training a setting, the data or a weight was changed by hand: what the loss chart marks. Pure.

import { differences } from "./comparison.js";
import { formatCount } from "./format.js";
import { t } from "./messages.js";
import { formatWeight } from "./numbers.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {{step: number, time_ms: number, name: string, from: string, to: string}} Mark */

/** Changes of one setting in closer succession are one, as when a slider is dragged. */
const ONE_DRAG_MS = 1500;
const MOST_MARKS = 60;

/**
 * The marks with those of another change of the document.
 * @param {Mark[]} marks
 * @param {LabDocument} before
 * @param {LabDocument} after
 * @param {{step: number, time_ms: number, fields: Record<string, import("./types.js").FieldSpec>}} now
 */
export function withChange(marks, before, after, { step, time_ms, fields }) {
  const settings = differences(before, after, fields).map(({ name, a, b }) => ({ name, from: a, to: b }));
  const found = [...settings, ...dataChange(before, after)].map((change) => ({ step, time_ms, ...change }));
  return found.reduce(withMark, marks).slice(-MOST_MARKS);
}

/**
 * The marks with a weight or bias that was set by hand.
 * @param {Mark[]} marks
 * @param {import("./changes.js").WeightEntry} entry
 * @param {{step: number, time_ms: number}} now
 */
export function withWeight(marks, entry, now) {
  const isBias = "bias" in entry;
  const values = { layer: entry.layer, unit: (isBias ? entry.unit : entry.column) + 1 };
  const name = isBias
    ? t("Bias of layer {layer}, unit {unit}", values)
    : t("Weight of layer {layer}, unit {unit}", values);
  const mark = { ...now, name, from: t("by hand"), to: formatWeight(isBias ? entry.bias : entry.value) };
  return withMark(marks, mark).slice(-MOST_MARKS);
}

/** How the points were changed, in one entry; empty where they are the same. @param {LabDocument} before @param {LabDocument} after */
function dataChange({ points: before }, { points: after }) {
  if (haveSamePlaces(before, after)) return [];
  const [from, to] = [before.length, after.length].map(formatCount);
  return [{ name: t("Points"), from, to: from === to ? t("others") : to }];
}

/**
 * Are the points the same? Their ids may differ: a new point has another one before the server knows it.
 * @param {import("./types.js").Point[]} [a]
 * @param {import("./types.js").Point[]} [b]
 */
function haveSamePlaces(a = [], b = []) {
  const fields = /** @type {const} */ (["x", "y", "label", "held_out", "value"]);
  return a === b || (a.length === b.length && a.every((one, i) => fields.every((field) => one[field] === b[i][field])));
}

/** @param {Mark[]} marks @param {Mark} mark */
function withMark(marks, mark) {
  const last = marks.at(-1);
  if (!last || last.name !== mark.name || mark.time_ms - last.time_ms > ONE_DRAG_MS) return [...marks, mark];
  const joined = { ...last, to: mark.to, time_ms: mark.time_ms };
  return joined.from === joined.to ? marks.slice(0, -1) : [...marks.slice(0, -1), joined];
}
