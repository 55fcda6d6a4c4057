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
 * @returns {Record<string, any>}
 */
export function patchForClasses(document, classes, losses) {
  /** @type {Record<string, any>} */
  const patch = { classes };
  const stay = document.points.filter((point) => point.label < classes);
  if (stay.length < document.points.length) patch.points = stay;
  if (classes > 2 && losses.find((loss) => loss.name === document.network.loss)?.one_score) {
    const many = choicesForTask(losses, document.task).find((loss) => !loss.one_score);
    if (many) patch.network = { loss: many.name };
  }
  return patch;
}

/**
 * The patch that changes the task: the points go, and loss and inputs become ones that the task can use.
 * @param {LabDocument} defaults
 * @param {string} task
 * @param {Choice[]} losses
 */
export function patchForTask(defaults, task, losses) {
  const fitting = losses.filter((loss) => loss.tasks?.includes(task));
  const loss = fitting.some(({ name }) => name === defaults.network.loss) ? defaults.network.loss : fitting[0]?.name;
  const inputs = defaults.network.inputs.filter((name) => inputFits(name, task));
  return { task, classes: defaults.classes, points: [], network: { loss, inputs } };
}
