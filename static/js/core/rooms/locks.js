// What a teacher may lock, as paths of the document, and what a lock covers. The server enforces them; the page says why. Pure.

import { t } from "../messages.js";

/** @typedef {import("../changes.js").Change} Change */

/** What a teacher may lock, as it stands beside the switches. */
export const LOCKS = [
  { name: "points", label: t("Data and points") },
  { name: "network", label: t("Network") },
  { name: "network.hidden", label: t("Number and size of layers") },
  { name: "network.activation", label: t("Activation") },
  { name: "training", label: t("Training") },
  { name: "training.learning_rate", label: t("Learning rate") },
  { name: "training.optimizer", label: t("Optimizer") },
  { name: "regularization", label: t("Regularization") },
  { name: "run", label: t("Run, Step, Reset") },
];

/** The names of what cannot be told by the path itself. @type {Record<string, string>} */
const NAME_OF_PATH = {
  classes: "points",
  task: "points",
  dataset: "points",
  class_names: "points",
  "training.l2": "regularization",
  "training.l1": "regularization",
  "training.max_norm": "regularization",
  "training.keep_prob": "regularization",
  "training.input_noise": "regularization",
  pace: "run",
  stop: "training",
};

/** @type {Record<string, string[]>} */
const NAMES_OF_COMMAND = {
  dataset: ["points"],
  held_out: ["points"],
  run: ["run"],
  pause: ["run"],
  step: ["run"],
  reset: ["run"],
  back: ["run"],
};

/** Every path that a patch writes: network.hidden, training.l2 ... @param {Record<string, any>} patch @returns {string[]} */
function pathsOf(patch) {
  return Object.entries(patch).flatMap(([name, value]) => {
    const isPart = (name === "network" || name === "training") && value !== null && typeof value === "object";
    return isPart ? Object.keys(value).map((field) => `${name}.${field}`) : [name];
  });
}

/** The names of locks that a change falls under. @param {Change} change @returns {string[]} */
export function namesOf(change) {
  if (change.kind === "command") return NAMES_OF_COMMAND[change.name] ?? [];
  if (change.kind === "weight") return ["network.weights"];
  if (change.kind !== "patch") return ["points"];
  return pathsOf(change.patch).flatMap((path) => [path, ...(NAME_OF_PATH[path] ? [NAME_OF_PATH[path]] : [])]);
}

/** Does a lock cover what goes by this name? @param {string} lock @param {string} name */
const covers = (lock, name) => name === lock || name.startsWith(`${lock}.`);

/** The label of the lock that a change runs into, null where it may be made. @param {string[]} locks @param {Change} change */
export function lockOn(locks, change) {
  const names = namesOf(change);
  const lock = locks.find((one) => names.some((name) => covers(one, name)));
  return lock === undefined ? null : labelOf(lock);
}

/** @param {string} lock */
export const labelOf = (lock) => LOCKS.find(({ name }) => name === lock)?.label ?? lock;
