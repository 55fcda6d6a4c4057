// What a lesson asks to be done, as goals that can be looked up: is it so by now? Pure.

import { valueAt } from "./merge-patch.js";

/** @typedef {{document: import("./types.js").LabDocument, snapshot: import("./types.js").Snapshot}} Trained */
/** @typedef {[string, "least"|"most", number]} Goal what, whether at least or at most, how much */

/** The largest of a figure over the layers. @param {Trained} trained @param {"dead_fraction"|"saturated_fraction"} name */
const worst = ({ snapshot }, name) => Math.max(0, ...(snapshot.layers ?? []).map((layer) => layer[name] ?? 0));

/** @type {Record<string, (trained: Trained) => number|null>} */
const FIGURES = {
  accuracy: ({ snapshot }) => snapshot.accuracy,
  test_accuracy: ({ snapshot }) => snapshot.test_accuracy,
  loss: ({ snapshot }) => snapshot.loss,
  step: ({ snapshot }) => snapshot.step,
  dead: (trained) => worst(trained, "dead_fraction"),
  saturated: (trained) => worst(trained, "saturated_fraction"),
  units: ({ document }) => Math.max(0, ...document.network.hidden.map(({ units }) => units)),
};

/** A figure, or the value of a field such as "training.l2". @param {string} what @param {Trained} trained @returns {number|null} */
export function figureOf(what, trained) {
  return what in FIGURES ? FIGURES[what](trained) : (valueAt(trained.document, what) ?? null);
}

/** Is all of it so, after at least one step? @param {Goal[]} goals @param {Trained} trained */
export function isReached(goals, trained) {
  return (
    trained.snapshot.step > 0 &&
    goals.every(([what, way, value]) => {
      const figure = figureOf(what, trained);
      if (figure === null || Number.isNaN(figure)) return false;
      return way === "least" ? figure >= value : figure <= value;
    })
  );
}

/** A typed whole number or decimal, null for anything else. @param {string} typed */
export function typedAnswer(typed) {
  const text = typed.trim().replace(",", ".").replace("−", "-");
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
