// Files that come in: a saved experiment opens at an address of its own, a text of points takes the place of those on the page.

import { createSession } from "../api/endpoints.js";
import { putModel, putPoints } from "../api/file-endpoints.js";
import { Problem } from "../api/http.js";
import { t, tn } from "../core/messages.js";
import { exampleLine } from "../core/points-text.js";
import { addressHere } from "./open-session.js";

/** @param {import("./files.js").Parts} parts */
export function createOpening({ id, store, toasts, allows }) {
  /** @param {string} text */
  const readPoints = async (text) => {
    if (!allows({ kind: "clear" })) return;
    try {
      const { points, class_names } = await putPoints(id, text);
      toasts.show(wordsAbout(points, class_names, store.get().document.view), "note");
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 422) throw problem;
      throw new Error(`${problem.message} ${wantedLine(store.get().document.task)}`, { cause: problem });
    }
  };
  return {
    readPoints,
    /** @param {File} file */
    readPointsFile: async (file) => readPoints(await file.text()),
    /** @param {File} file */
    async open(file) {
      const { document, model } = parseExperiment(await file.text());
      const created = await createSession(document);
      if (model) await putModel(String(created.id), model);
      location.assign(addressHere(String(created.id)));
    },
  };
}

/** What was read. @param {import("../core/types.js").Point[]} points @param {string[]} classNames @param {import("../core/types.js").View} view */
function wordsAbout(points, classNames, view) {
  const outside = points.filter((point) => !isInView(point, view)).length;
  const notes = [
    tn("1 point read.", "{count} points read.", points.length),
    outside ? tn("1 of them lies out of view.", "{count} of them lie out of view.", outside) : "",
    wordsFor(classNames),
  ];
  return notes.filter(Boolean).join(" ");
}

/** What is wanted in place of a text that is no points. @param {string} task */
const wantedLine = (task) => t("Wanted is a line for each point, such as: {line}", { line: exampleLine(task) });

/** Which class became which number, where the labels were words. @param {string[]} names */
function wordsFor(names) {
  const pairs = names.map((name, label) => t("{name} is class {label}", { name, label }));
  return pairs.length ? `${pairs.join(", ")}.` : "";
}

/**
 * The content of a saved experiment; a bare document will do.
 * @param {string} text
 */
export function parseExperiment(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(t("This file is not JSON. Open a file that was saved with Save experiment."));
  }
  if (typeof value !== "object" || value === null) throw new Error(t("This file holds no experiment."));
  return "document" in value ? { document: value.document, model: value.model } : { document: value, model: null };
}

/** @param {import("../core/types.js").Point} point @param {import("../core/types.js").View} view */
const isInView = ({ x, y }, { x_range, y_range }) =>
  x >= x_range[0] && x <= x_range[1] && y >= y_range[0] && y <= y_range[1];
