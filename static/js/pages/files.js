// Files in and out: the whole experiment with its weights, points as CSV, the trained model, the plane as a picture.

import { fileUrl, getExperiment, getModelFile } from "../api/file-endpoints.js";
import { isThere } from "../api/panels.js";
import { fileStem } from "../core/file-names.js";
import { t } from "../core/messages.js";
import { byId } from "../views/dom.js";
import { createFileMenu } from "../views/header/file-menu.js";
import { createFigures } from "./figures.js";
import { createOpening } from "./opening-files.js";
import { recentExperiments } from "./recent.js";
import { addressHere } from "./open-session.js";
import { pointsEntries } from "./points-out.js";

/** What the picker of points offers; the server reads more. */
const TABLES = ".csv,.tsv,.txt,.data,.dat,.tab,.xlsx,.json,text/*";

/** The menu of the File button, and what it can do. @param {import("./extras.js").Parts} parts */
export function makeFileMenu({ store, panels, actions, toasts }) {
  const { editId, viewId } = store.get();
  const others = () =>
    panels().flatMap((one) => (isThere(one) && one.session.id !== editId ? (one.session.id ?? []) : []));
  const files = createFiles({ id: editId ?? viewId, others, store, toasts, allows: actions.allows });
  const recent = recentExperiments().filter((one) => one.id !== editId);
  createFileMenu(byId("file-panel"), files.entries, recent.map(linkTo));
  return files;
}

/** @param {import("../core/recent.js").Recent} experiment */
const linkTo = ({ id, title, time_ms }) => ({
  name: title || t("Untitled experiment"),
  help: new Date(time_ms).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }),
  href: addressHere(id),
});

/**
 * @typedef {{id: string, others: () => string[], store: {get: () => import("./playground.js").PageState},
 *   toasts: {show: (message: string, kind?: "problem"|"note") => void},
 *   allows: (change: import("../core/changes.js").Change) => boolean}} Parts
 */
/** Tells of a failure instead of leaving it in the console. @typedef {(work: () => Promise<void>) => void} Attempt */

/** @param {Parts} parts */
function createFiles(parts) {
  const { id, store, toasts } = parts;
  /** @type {Attempt} */
  const attempt = (work) => void work().catch((problem) => toasts.show(problem.message));
  const saving = createSaving(parts);
  const opening = createOpening(parts);
  const onDone = (/** @type {string} */ message) => toasts.show(message, "note");
  const figures = createFigures({ id, store, save: saving.saveAs, onDone, attempt });
  const [experiment, ...models] = savingEntries(id, saving, attempt);
  const points = pointsEntries({ id, attempt, save: saving.saveAs, onDone });
  const openings = [experimentEntry(opening, attempt), ...(store.get().canEdit ? [pointsEntry(opening, attempt)] : [])];
  return {
    entries: [experiment, ...openings, ...points, ...models, ...figures],
    /** Ask for a file of points. */
    choosePoints: () => chooseFile(TABLES, (file) => attempt(() => opening.read(file))),
    /** Pasted or dropped text: a table. @param {string} text */
    readText: (text) => attempt(() => opening.readTable(new Blob([text]), "")),
    /** A dropped file: an experiment or a table. @param {File} file */
    readFile: (file) => attempt(() => opening.read(file)),
  };
}

/** @param {Parts} parts */
function createSaving({ id, store }) {
  /** Save something under the experiment's name, as the server names its files. @param {Blob} content @param {string} ending */
  const saveAs = (content, ending) => {
    const { document, viewId } = store.get();
    download(content, `${fileStem(document.title, viewId)}.${ending}`);
  };
  return {
    saveAs,
    async saveExperiment() {
      saveAs(new Blob([JSON.stringify(await getExperiment(id))], { type: "application/json" }), "json");
    },
    saveOnnx: async () => saveAs(await getModelFile(id, "onnx"), "onnx"),
  };
}

/** @param {string} id @param {ReturnType<typeof createSaving>} saving @param {Attempt} attempt */
function savingEntries(id, { saveExperiment, saveOnnx }, attempt) {
  return [
    {
      name: t("Save experiment"),
      help: t("Everything with its weights, as a JSON file."),
      onPress: () => attempt(saveExperiment),
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
    ...("onnx" in byId("file").dataset ? [onnxEntry(saveOnnx, attempt)] : []),
  ];
}

/** Only where the server can write it. @param {() => Promise<void>} saveOnnx @param {Attempt} attempt */
const onnxEntry = (saveOnnx, attempt) => ({
  name: t("Download model as ONNX"),
  help: t("For other programs: the open format of networks."),
  onPress: () => attempt(saveOnnx),
});

/** @typedef {ReturnType<typeof createOpening>} Opening */

/** @param {Opening} opening @param {Attempt} attempt */
const experimentEntry = ({ open }, attempt) => ({
  name: t("Open experiment…"),
  help: t("A file that was saved here; it gets an address of its own."),
  accept: ".json,application/json",
  onFile: (/** @type {File} */ file) => attempt(() => open(file)),
});

/** @param {Opening} opening @param {Attempt} attempt */
const pointsEntry = ({ read }, attempt) => ({
  name: t("Open points…"),
  help: t("Any table: CSV, text, .xlsx, JSON. It may be dropped or pasted onto the page too."),
  accept: TABLES,
  onFile: (/** @type {File} */ file) => attempt(() => read(file)),
});

/** Ask for a file as the browser does it. @param {string} accept @param {(file: File) => void} onFile */
function chooseFile(accept, onFile) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept });
  input.addEventListener("change", () => input.files?.[0] && onFile(input.files[0]));
  input.click();
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
