// Where in the course of training a setting was changed: what the loss chart marks. Pure.

import { differences } from "./comparison.js";

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
  const found = differences(before, after, fields).map(({ name, a, b }) => ({ step, time_ms, name, from: a, to: b }));
  return found.reduce(withMark, marks).slice(-MOST_MARKS);
}

/** @param {Mark[]} marks @param {Mark} mark */
function withMark(marks, mark) {
  const last = marks.at(-1);
  if (!last || last.name !== mark.name || mark.time_ms - last.time_ms > ONE_DRAG_MS) return [...marks, mark];
  const joined = { ...last, to: mark.to, time_ms: mark.time_ms };
  return joined.from === joined.to ? marks.slice(0, -1) : [...marks.slice(0, -1), joined];
}
