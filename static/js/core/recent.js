// The experiments that this browser has changed lately, newest first, as they are kept: a list in a text. Nothing leaves the browser.

/** @typedef {{id: string, title: string, time_ms: number}} Recent */

const MOST = 10;

/** @param {string|null} text as it was kept @returns {Recent[]} */
export function recentOf(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.id === "string") : [];
  } catch {
    return [];
  }
}

/** The list with one more at its head, once. @param {Recent[]} list @param {Recent} newest @returns {Recent[]} */
export function withRecent(list, newest) {
  return [newest, ...list.filter(({ id }) => id !== newest.id)].slice(0, MOST);
}
