// What a person can change in a document, as plain values: how each change looks at once, and which two are one.
// Knows nothing of the server: sending is api/send-change.js.

import { mergePatch } from "./merge-patch.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./types.js").Point} Point */
/** @typedef {import("./api-types.js").Dataset} Dataset */
/**
 * One weight or one bias, layers counted from 1.
 * @typedef {{layer: number, row: number, column: number, value: number, piece?: number}
 *   | {layer: number, unit: number, bias: number, piece?: number}} WeightEntry
 */
/**
 * isAfresh: training starts anew with it, in one edit; isForAll: of those side by side, whatever it is. What one press of the hand does, be it a hundred changes, has one number as its gesture and is one edit to undo.
 * @typedef {({kind: "patch", patch: Record<string, any>, isAfresh?: boolean, isForAll?: boolean}
 *   | {kind: "add", points: Point[]}
 *   | {kind: "edit", edits: {id: number, fields: Partial<Point>}[]}
 *   | {kind: "remove", ids: number[]}
 *   | {kind: "clear"}
 *   | {kind: "weight", entry: WeightEntry}
 *   | {kind: "command", name: string, body?: object}) & {gesture?: number}} Change
 */

/** The number of a new gesture; no other has it, on no other page. */
export const newGesture = () => Math.floor(Math.random() * 2 ** 53);

/**
 * The document as it will be once the server has made the change. A command's outcome is the server's to tell, but which
 * data set is asked for is known; points that are changed by hand are none any more.
 * @param {LabDocument} document
 * @param {Change} change
 * @param {(id: number) => number} [real] a point's temporary id -> the server's, if it is known
 * @returns {LabDocument}
 */
export function applyChange(document, change, real = (id) => id) {
  switch (change.kind) {
    case "patch":
      return mergePatch("points" in change.patch ? { ...document, dataset: null } : document, change.patch);
    case "add":
      return withPoints(document, [
        ...document.points,
        ...change.points.map((point) => ({ ...point, id: real(Number(point.id)) })),
      ]);
    case "edit": {
      const fields = new Map(change.edits.map((edit) => [real(edit.id), edit.fields]));
      return withEach(document, (point) => [{ ...point, ...fields.get(Number(point.id)) }]);
    }
    case "remove": {
      const gone = new Set(change.ids.map(real));
      return withEach(document, (point) => (gone.has(Number(point.id)) ? [] : [point]));
    }
    case "clear":
      return withPoints(document, []);
    case "command":
      return change.name === "dataset"
        ? { ...document, dataset: /** @type {Dataset} */ (change.body) ?? null }
        : document;
    default:
      return document;
  }
}

/**
 * One change in place of two, or null where both must be sent: while one waits, a newer one of its kind replaces it,
 * and a stroke is one.
 * @param {Change} waiting
 * @param {Change} next
 * @returns {Change|null}
 */
export function joinChanges(waiting, next) {
  if (waiting.gesture !== next.gesture) return null;
  if (waiting.kind === "patch" && next.kind === "patch" && !waiting.isAfresh === !next.isAfresh) {
    return { ...next, patch: mergePatch(waiting.patch, next.patch) };
  }
  if (waiting.kind === "edit" && next.kind === "edit") {
    const edits = joinedEdits(waiting.edits, next.edits);
    return edits && { ...next, edits };
  }
  if (isStroke(next)) {
    if (waiting.kind === "add" && next.kind === "add") return { ...next, points: [...waiting.points, ...next.points] };
    if (waiting.kind === "remove" && next.kind === "remove") return { ...next, ids: [...waiting.ids, ...next.ids] };
  }
  if (waiting.kind === "weight" && next.kind === "weight" && placeOf(waiting.entry) === placeOf(next.entry))
    return next;
  if (isJump(waiting) && isJump(next)) return next;
  return null;
}

/**
 * Of two moves of the same points the newer one; null for different points.
 * @param {{id: number, fields: Partial<Point>}[]} waiting
 * @param {{id: number, fields: Partial<Point>}[]} next
 */
function joinedEdits(waiting, next) {
  if (waiting.length !== next.length || waiting.some(({ id }, index) => id !== next[index].id)) return null;
  return next.map(({ id, fields }, index) => ({ id, fields: { ...waiting[index].fields, ...fields } }));
}

/** Which weight or bias it is, whatever its value. @param {WeightEntry} entry */
function placeOf(entry) {
  return "bias" in entry
    ? `${entry.layer} b ${entry.unit} ${entry.piece}`
    : `${entry.layer} ${entry.row} ${entry.column} ${entry.piece}`;
}

/** Going to a moment: of several only the last one counts. @param {Change} change */
function isJump(change) {
  return change.kind === "command" && change.name === "back" && change.body !== undefined && "to_step" in change.body;
}

/** Does it paint or erase, and will more of it come soon? @param {Change} change */
export function isStroke({ kind, gesture }) {
  return gesture !== undefined && kind !== "edit";
}

/**
 * @param {LabDocument} document
 * @param {(point: Point) => Point[]} each
 */
function withEach(document, each) {
  return withPoints(document, document.points.flatMap(each));
}

/** @param {LabDocument} document @param {Point[]} points */
function withPoints(document, points) {
  return { ...document, points, dataset: null };
}
