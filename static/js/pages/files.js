// Files in and out: the whole experiment with its weights, points as CSV, the trained model, the plane as a picture.

import { createSession } from "../api/endpoints.js";
import { fileUrl, getExperiment, getModelFile, openExperiment, putModel, putPoints } from "../api/file-endpoints.js";
import { Problem } from "../api/http.js";
import { fileStem } from "../core/file-names.js";
import { t, tn } from "../core/messages.js";
import { exampleLine } from "../core/points-text.js";
import { byId } from "../views/dom.js";
import { createFileMenu } from "../views/header/file-menu.js";
import { createFigures } from "./figures.js";
import { recentExperiments } from "./recent.js";
import { addressHere } from "./open-session.js";

/** The menu of the File button, and what it can do. @param {import("./extras.js").Parts} parts */
export function makeFileMenu({ store, actions, toasts }) {
  const { editId, viewId } = store.get();
  const files = createFiles({ id: editId ?? viewId, store, toasts, allows: actions.allows });
  const recent = recentExperiments().filter((one) => one.id !== editId);
  createFileMenu(
    /** @type {HTMLButtonElement} */ (byId("file")),
    byId("file-panel"),
    files.entries,
    recent.map(linkTo),
  );
  return files;
}

/** @param {import("../core/recent.js").Recent} experiment */
const linkTo = ({ id, title, time_ms }) => ({
  name: title || t("Untitled experiment"),
  help: new Date(time_ms).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }),
  href: addressHere(id),
});

/**
 * @param {{id: string, store: {get: () => import("./playground.js").PageState},
 *   toasts: {show: (message: string, kind?: "problem"|"note") => void},
 *   allows: (change: import("../core/changes.js").Change) => boolean}} parts
 */
function createFiles({ id, store, toasts, allows }) {
  /** Tell of a failure instead of leaving it in the console. @param {() => Promise<void>} work */
  const attempt = (work) => void work().catch((problem) => toasts.show(problem.message));

  /** Save something under the experiment's name, as the server names its files. @param {Blob} content @param {string} ending */
  const saveAs = (content, ending) => {
    const { document, viewId } = store.get();
    download(content, `${fileStem(document.title, viewId)}.${ending}`);
  };

  const save = async () => {
    saveAs(new Blob([JSON.stringify(await getExperiment(id))], { type: "application/json" }), "json");
  };

  /** @param {File} file */
  const open = async (file) => {
    const created = await sessionOf(parseExperiment(await file.text()));
    location.assign(addressHere(String(created.id)));
  };

  /** @param {string} text */
  const readPoints = async (text) => {
    if (!allows({ kind: "clear" })) return;
    try {
      const { points, class_names } = await putPoints(id, text);
      const outside = points.filter(
        (/** @type {import("../core/types.js").Point} */ point) => !isInView(point, store.get().document.view),
      ).length;
      const notes = [
        tn("1 point read.", "{count} points read.", points.length),
        outside ? tn("1 of them lies out of view.", "{count} of them lie out of view.", outside) : "",
        wordsFor(class_names),
      ];
      toasts.show(notes.filter(Boolean).join(" "), "note");
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status !== 422) throw problem;
      throw new Error(`${problem.message} ${wantedLine(store.get().document.task)}`);
    }
  };

  const saveOnnx = async () => saveAs(await getModelFile(id, "onnx"), "onnx");

  const figures = createFigures({
    id,
    store,
    save: saveAs,
    onDone: (message) => toasts.show(message, "note"),
    attempt,
  });

  const reading = [
    {
      name: t("Save experiment"),
      help: t("Everything with its weights, as a JSON file."),
      onPress: () => attempt(save),
    },
    {
      name: t("Download points"),
      help: t("CSV with x, y, label, held_out, value."),
      href: fileUrl(id, "points", "csv"),
    },
    {
      name: t("Download weights"),
      help: t("For NumPy: an npz file."),
      href: fileUrl(id, "model", "npz"),
    },
    {
      name: t("Download model as Python"),
      help: t("A script that computes the same scores."),
      href: fileUrl(id, "model", "python"),
    },
    {
      name: t("Download model as ONNX"),
      help: t("For other programs: the open format of networks."),
      onPress: () => attempt(saveOnnx),
    },
    ...figures,
    {
      name: t("Open experiment…"),
      help: t("A file that was saved here; it gets an address of its own."),
      accept: ".json,application/json",
      onFile: (/** @type {File} */ file) => attempt(() => open(file)),
    },
  ];
  const writing = [
    {
      name: t("Open points…"),
      help: t("A CSV file or a spreadsheet's cells; they may be dropped or pasted onto the page too."),
      accept: ".csv,text/csv",
      onFile: (/** @type {File} */ file) => attempt(async () => readPoints(await file.text())),
    },
  ];
  return {
    entries: store.get().canEdit ? [...reading, ...writing] : reading,
    /** Ask for a file of points. */
    choosePoints() {
      const input = document.createElement("input");
      Object.assign(input, { type: "file", accept: ".csv,text/csv" });
      input.addEventListener("change", () => {
        const file = input.files?.[0];
        if (file) attempt(async () => readPoints(await file.text()));
      });
      input.click();
    },
    /** Pasted or dropped text: points, or a word on what it should be. @param {string} text */
    readText: (text) => attempt(() => readPoints(text)),
    /** A dropped file: an experiment or points. @param {File} file */
    readFile: (file) => attempt(async () => (file.name.endsWith(".json") ? open(file) : readPoints(await file.text()))),
  };
}

/** What is wanted in place of a text that is no points. @param {string} task */
const wantedLine = (task) => t("Wanted is a line for each point, such as: {line}", { line: exampleLine(task) });

/** Which class became which number, where the labels were words. @param {string[]} names */
function wordsFor(names) {
  const pairs = names.map((name, label) => t("{name} is class {label}", { name, label }));
  return pairs.length ? `${pairs.join(", ")}.` : "";
}

/** The session of a saved experiment, where it stood; one of a file without training has its weights at most. @param {ReturnType<typeof parseExperiment>} saved */
async function sessionOf({ model, ...saved }) {
  if (saved.training) return openExperiment(saved);
  const created = await createSession(saved.document);
  if (model) await putModel(String(created.id), model);
  return created;
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
  const { document = value, model, training, series } = value;
  return { document, model, training, series };
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** @param {import("../core/types.js").Point} point @param {import("../core/types.js").View} view */
const isInView = ({ x, y }, { x_range, y_range }) =>
  x >= x_range[0] && x <= x_range[1] && y >= y_range[0] && y <= y_range[1];
