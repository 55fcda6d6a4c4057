// Files in and out: the whole experiment with its weights, points as CSV, the trained model, the plane as a picture.

import { createSession, getSession } from "../api/endpoints.js";
import { fileUrl, getModel, getModelFile, putModel } from "../api/file-endpoints.js";
import { fileStem } from "../core/file-names.js";
import { t } from "../core/messages.js";
import { byId, once } from "../views/dom.js";
import { createFileMenu } from "../views/header/file-menu.js";
import { createFigures } from "./figures.js";
import { recentExperiments } from "./recent.js";
import { addressHere } from "./open-session.js";
import { pointsEntries } from "./points-out.js";

/** What the picker of points offers; the server reads more. */
const TABLES = ".csv,.tsv,.txt,.data,.dat,.tab,.xlsx,.json,text/*";

/** The names of an experiment stand at its beginning. */
const START_BYTES = 2000;

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
    const [{ document }, model] = await Promise.all([getSession(id), getModel(id)]);
    const text = JSON.stringify({ document, model });
    saveAs(new Blob([text], { type: "application/json" }), "json");
  };

  /** @param {File} file */
  const open = async (file) => {
    const { document, model } = parseExperiment(await file.text());
    const created = await createSession(document);
    if (model) await putModel(String(created.id), model);
    location.assign(addressHere(String(created.id)));
  };

  const dialog = once(async () => {
    const { makeImport } = await import("./import.js");
    const onDone = (/** @type {string} */ message) => toasts.show(message, "note");
    return makeImport({ id, task: () => store.get().document.task, onDone });
  });

  /** A table, to be looked at before it becomes points. @param {Blob} table @param {string} name of its file */
  const readPoints = async (table, name) => {
    if (allows({ kind: "clear" })) await (await dialog()).read(table, name);
  };

  /** A file of any kind: an experiment is opened, all else is a table until the server knows better. @param {File} file */
  const read = async (file) => {
    if (await isExperiment(file)) await open(file);
    else await readPoints(file, file.name);
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
    ...pointsEntries({ id, attempt, save: saveAs, onDone: (message) => toasts.show(message, "note") }),
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
      help: t("Any table: CSV, text, .xlsx, JSON. It may be dropped or pasted onto the page too."),
      accept: TABLES,
      onFile: (/** @type {File} */ file) => attempt(() => read(file)),
    },
  ];
  return {
    entries: store.get().canEdit ? [...reading, ...writing] : reading,
    /** Ask for a file of points. */
    choosePoints() {
      const input = document.createElement("input");
      Object.assign(input, { type: "file", accept: TABLES });
      input.addEventListener("change", () => {
        const file = input.files?.[0];
        if (file) attempt(() => read(file));
      });
      input.click();
    },
    /** Pasted or dropped text: a table. @param {string} text */
    readText: (text) => attempt(() => readPoints(new Blob([text]), "")),
    /** A dropped file: an experiment or a table. @param {File} file */
    readFile: (file) => attempt(() => read(file)),
  };
}

/** Whether a file is an experiment that was saved here, rather than a table as JSON. @param {File} file */
async function isExperiment(file) {
  if (!file.name.toLowerCase().endsWith(".json")) return false;
  const start = (await file.slice(0, START_BYTES).text()).trimStart();
  return start.startsWith("{") && /"(document|network|format)"\s*:/.test(start);
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

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
