// What the page must know of a CSV text before the server reads it: whether it is one, and which classes it has.

/** Does a pasted text look like points: a header row that names x and y? @param {string} text */
export function looksLikePoints(text) {
  const header = columnsOf(text);
  return header.includes("x") && header.includes("y") && text.includes("\n");
}

/**
 * The classes a document needs to hold these points: the largest label plus one, at least `least`.
 * @param {string} text
 * @param {number} least
 */
export function classesIn(text, least) {
  const column = columnsOf(text).indexOf("label");
  if (column < 0) return least;
  const labels = text
    .split(/\r?\n/)
    .slice(1)
    .map((row) => Number.parseInt(row.split(",")[column], 10));
  return Math.max(least, ...labels.filter((label) => label >= 0).map((label) => label + 1));
}

/** @param {string} text */
function columnsOf(text) {
  return (text.split(/\r?\n/, 1)[0] ?? "")
    .replace("\ufeff", "")
    .split(",")
    .map((name) => name.trim());
}
