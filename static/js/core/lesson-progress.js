// Which questions of which lesson are solved, as it is kept in the browser. Pure.

/** @typedef {Record<string, string[]>} Progress lesson -> names of its solved questions */

/** What was kept; nothing where that cannot be read. @param {string|null} text @returns {Progress} */
export function progressOf(text) {
  try {
    const kept = JSON.parse(text ?? "{}");
    const entries = Object.entries(kept).filter(([, names]) => Array.isArray(names));
    return Object.fromEntries(entries.map(([lesson, names]) => [lesson, names.map(String)]));
  } catch {
    return {};
  }
}

/** With one more solved. @param {Progress} progress @param {string} lesson @param {string} question @returns {Progress} */
export function withSolved(progress, lesson, question) {
  return { ...progress, [lesson]: [...new Set([...(progress[lesson] ?? []), question])] };
}
