// Patches that keep a document whole when its classes or its task change. The server checks all of it again.

import { choicesForTask, inputFits } from "./task-rules.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./types.js").Choice} Choice */

/**
 * The patch that sets the number of classes: points of classes that are gone go with them, and a loss with one score
 * makes room for one that can tell more than two classes.
 * @param {LabDocument} document
 * @param {number} classes
 * @param {Choice[]} losses
 * @param {import("./types.js").DatasetEntry[]} datasets points that are a data set's are drawn anew, if it has so many classes
 * @returns {Record<string, any>}
 */
export function patchForClasses(document, classes, losses, datasets = []) {
  /** @type {Record<string, any>} */
  const patch = { classes };
  const stay = document.points.filter((point) => point.label < classes);
  const drawn = document.dataset && datasets.find(({ name }) => name === document.dataset?.name);
  if (drawn && classes >= (drawn.min_classes ?? 2) && classes <= (drawn.max_classes ?? 0)) patch.dataset = { classes };
  else if (stay.length < document.points.length) patch.points = stay;
  if (classes > 2 && losses.find((loss) => loss.name === document.network.loss)?.one_score) {
    const many = choicesForTask(losses, document.task).find((loss) => !loss.one_score);
    if (many) patch.network = { loss: many.name };
  }
  return patch;
}

/**
 * The patch that changes the task: its first data set takes the place of the points, and loss and inputs become ones that the
 * task can use.
 * @param {LabDocument} defaults
 * @param {string} task
 * @param {Choice[]} losses
 * @param {import("./types.js").DatasetEntry[]} [datasets]
 * @param {LabDocument["dataset"]} [before] measured data had a view and scaled inputs of their own
 */
export function patchForTask(defaults, task, losses, datasets = [], before = null) {
  const fitting = losses.filter((loss) => loss.tasks?.includes(task));
  const loss = fitting.some(({ name }) => name === defaults.network.loss) ? defaults.network.loss : fitting[0]?.name;
  const inputs = defaults.network.inputs.filter((name) => inputFits(name, task));
  const name = datasets.find(({ tasks }) => tasks?.includes(task))?.name;
  const dataset = name ? { name, seed: null, classes: null } : null;
  const patch = { task, classes: defaults.classes, points: [], dataset, network: { loss, inputs } };
  if (!datasets.find((one) => one.name === before?.name)?.source) return patch;
  return { ...patch, view: defaults.view, network: { ...patch.network, scaling: "none" } };
}
