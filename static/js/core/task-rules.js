// Rules between fields that the page keeps by itself, so that a press of a button is never refused for a reason
// that the page could have mended. The server checks them all again.

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./types.js").Choice} Choice */

/**
 * Choices that a task has a use for.
 * @param {Choice[]} choices
 * @param {string} task
 */
export function choicesForTask(choices, task) {
  return choices.filter((choice) => !choice.tasks || choice.tasks.includes(task));
}

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
 * Does the data set have what it takes for this many classes?
 * @param {import("./types.js").DatasetEntry} dataset
 * @param {LabDocument} document
 */
export function datasetFits(dataset, document) {
  return !dataset.tasks || dataset.tasks.includes(document.task);
}

/**
 * The patch that changes the task: the points go, and loss and inputs become ones that the task can use.
 * @param {LabDocument} defaults
 * @param {string} task
 * @param {import("./types.js").Choice[]} losses
 */
export function patchForTask(defaults, task, losses) {
  const fitting = losses.filter((loss) => loss.tasks?.includes(task));
  const loss = fitting.some(({ name }) => name === defaults.network.loss) ? defaults.network.loss : fitting[0]?.name;
  const inputs = defaults.network.inputs.filter((name) => inputFits(name, task));
  return { task, classes: defaults.classes, points: [], network: { loss, inputs } };
}

/** A curve is a function of x alone. @param {string} input @param {string} task */
export function inputFits(input, task) {
  return task !== "curve_fitting" || !input.includes("y");
}
