// Whether what a lesson asks for has been done: goals in a playground, answers to questions. Pure; and what is kept of it.

/** @typedef {{field: string, rule: string, value: number}} Goal */

const KEY = "nnlab-lessons";

/** What a goal looks at, in a session as the API gives it; null where there is nothing yet. @param {string} field @param {import("./types.js").SessionReply} session @returns {number|null} */
export function measured(field, { snapshot, document }) {
  if (field === "l2") return document.training.l2;
  if (field === "dead")
    return Math.max(...(snapshot.layers ?? []).slice(0, -1).map((layer) => layer.dead_fraction ?? 0), 0);
  return /** @type {any} */ (snapshot)[field] ?? null;
}

/** @param {Goal} goal @param {number|null} found */
export function isReached({ rule, value }, found) {
  if (found === null) return false;
  if (rule === "equal") return found === value;
  return rule === "least" ? found >= value : found <= value;
}

/** Is the answer right, to a thousandth? @param {string} answer @param {string} given */
export const isRight = (answer, given) => given.trim() !== "" && Math.abs(Number(given) - Number(answer)) < 1e-3;

/** The names of what is done, by lesson. @param {Storage} storage @returns {Record<string, string[]>} */
export function doneIn(storage) {
  try {
    return JSON.parse(storage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** Keep that one more is done. @param {Storage} storage @param {string} lesson @param {string} name */
export function keepDone(storage, lesson, name) {
  const done = doneIn(storage);
  done[lesson] = [...new Set([...(done[lesson] ?? []), name])];
  storage.setItem(KEY, JSON.stringify(done));
}
