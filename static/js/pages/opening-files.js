// Files that come in: a saved experiment opens at an address of its own, a table is looked at before it becomes points.

import { createSession } from "../api/endpoints.js";
import { openExperiment, putModel } from "../api/file-endpoints.js";
import { t } from "../core/messages.js";
import { lazy } from "../views/lazy.js";
import { addressHere } from "./open-session.js";

/** The names of an experiment stand at its beginning. */
const START_BYTES = 2000;

/** @param {import("./files.js").Parts} parts */
export function createOpening({ id, others, store, toasts, allows }) {
  const tables = lazy(async () => {
    const { makeImport } = await import("./import.js");
    const onDone = (/** @type {string} */ message) => toasts.show(message, "note");
    return makeImport({ id, others, task: () => store.get().document.task, onDone });
  });

  /** @param {Blob} table @param {string} name of its file */
  const readTable = async (table, name) => {
    if (allows({ kind: "clear" })) await (await tables.want()).read(table, name);
  };

  /** @param {File} file */
  const open = async (file) => {
    const created = await sessionOf(parseExperiment(await file.text()), (words) => toasts.show(words, "note"));
    location.assign(addressHere(String(created.id)));
  };

  return {
    readTable,
    open,
    /** A file of any kind: an experiment is opened, all else is a table until the server knows better. @param {File} file */
    read: async (file) => ((await isExperiment(file)) ? open(file) : readTable(file, file.name)),
  };
}

/** Whether a file is an experiment that was saved here, rather than a table as JSON. @param {File} file */
async function isExperiment(file) {
  if (!file.name.toLowerCase().endsWith(".json")) return false;
  const start = (await file.slice(0, START_BYTES).text()).trimStart();
  return start.startsWith("{") && /"(document|network|format)"\s*:/.test(start);
}

/** The session of a saved experiment, where it stood; one of a file without training has its weights at most. @param {ReturnType<typeof parseExperiment>} saved @param {import("../api/endpoints.js").OnWait} onWait */
async function sessionOf({ model, ...saved }, onWait) {
  if (saved.training) return openExperiment(saved, onWait);
  const created = await createSession(saved.document, onWait);
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
