// What fits a task, so that the page offers nothing that would be refused. The server checks it all again.

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
 * Is the data set one for the document's task?
 * @param {import("./types.js").DatasetEntry} dataset
 * @param {LabDocument} document
 */
export function datasetFits(dataset, document) {
  return !dataset.tasks || dataset.tasks.includes(document.task);
}

/** A curve is a function of x alone. @param {string} input @param {string} task */
export function inputFits(input, task) {
  return task !== "curve_fitting" || !input.includes("y");
}
