// Files in and out: the whole experiment with its weights, points as CSV, the trained model, the plane as a picture.

import { createSession, getSession, patchSession } from "../api/endpoints.js";
import { fileUrl, getModel, getModelFile, putModel, putPoints } from "../api/file-endpoints.js";
import { t } from "../core/messages.js";
import { classesIn, looksLikePoints } from "../core/points-text.js";
import { patchForClasses } from "../core/task-changes.js";
import { byId } from "../views/dom.js";
import { createFileMenu } from "../views/file-menu.js";
import { createFigures } from "./figures.js";
import { addressHere } from "./open-session.js";

/** The menu of the File button, and what it can do. @param {import("./extras.js").Parts} parts */
export function makeFileMenu({ store, catalog, actions, toasts }) {
  const { editId, viewId } = store.get();
  const losses = catalog.fields["network.loss"].choices ?? [];
  const files = createFiles({ id: editId ?? viewId, store, losses, toasts, allows: actions.allows });
  createFileMenu(/** @type {HTMLButtonElement} */ (byId("file")), byId("file-panel"), files.entries);
  return files;
}

/**
 * @param {{id: string, store: {get: () => import("./playground.js").PageState},
 *   losses: import("../core/types.js").Choice[], toasts: {show: (message: string, kind?: "problem"|"note") => void},
 *   allows: (change: import("../core/changes.js").Change) => boolean}} parts
 */
export function createFiles({ id, store, losses, toasts, allows }) {
  /** Tell of a failure instead of leaving it in the console. @param {() => Promise<void>} work */
  const attempt = (work) => void work().catch((problem) => toasts.show(problem.message));

  const save = async () => {
    const [{ document }, model] = await Promise.all([getSession(id), getModel(id)]);
    const text = JSON.stringify({ document, model });
    download(new Blob([text], { type: "application/json" }), `${fileName(document.title)}.json`);
  };

  /** @param {File} file */
  const open = async (file) => {
    const { document, model } = parseExperiment(await file.text());
    const created = await createSession(document);
    if (model) await putModel(String(created.id), model);
    location.assign(addressHere(String(created.id)));
  };

  /** @param {string} text */
  const readPoints = async (text) => {
    if (!allows({ kind: "clear" })) return;
    const { document } = store.get();
    const classes = classesIn(text, document.classes);
    if (classes > document.classes) await patchSession(id, patchForClasses(document, classes, losses));
    await putPoints(id, text);
    toasts.show(t("Points read"), "note");
  };

  const saveOnnx = async () => download(await getModelFile(id, "onnx"), "model.onnx");

  const figures = createFigures({
    id,
    store,
    save: (content, ending) => download(content, `${fileName(store.get().document.title)}.${ending}`),
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
      help: t("CSV with x, y, label, held_out."),
      href: fileUrl(id, "points", "csv"),
      file: "points.csv",
    },
    {
      name: t("Download weights"),
      help: t("For NumPy: an npz file."),
      href: fileUrl(id, "model", "npz"),
      file: "model.npz",
    },
    {
      name: t("Download model as Python"),
      help: t("A script that computes the same scores."),
      href: fileUrl(id, "model", "python"),
      file: "model.py",
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
      help: t("A CSV file; it may be dropped or pasted onto the page too."),
      accept: ".csv,text/csv",
      onFile: (/** @type {File} */ file) => attempt(async () => readPoints(await file.text())),
    },
  ];
  return {
    entries: store.get().canEdit ? [...reading, ...writing] : reading,
    /** Pasted text, if it is points. @param {string} text */
    readText: (text) => looksLikePoints(text) && attempt(() => readPoints(text)),
    /** A dropped file: an experiment or points. @param {File} file */
    readFile: (file) => attempt(async () => (file.name.endsWith(".json") ? open(file) : readPoints(await file.text()))),
  };
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

/** A title as a file's name. @param {string} title */
export function fileName(title) {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "experiment"
  );
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
