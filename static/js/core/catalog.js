// The catalog as the page uses it: in the page's language, and each row knows its own path. Pure.

import { t } from "./messages.js";

/** @typedef {import("./types.js").Catalog} Catalog */

/** What of a row or of a menu's entry is text for people. */
const TEXTS = ["label", "help", "unit"];

/** @param {Catalog} catalog @returns {Catalog} */
export function preparedCatalog({ fields, datasets, ...rest }) {
  const rows = Object.entries(fields).map(([path, row]) => [path, { ...translated(row), path }]);
  return { ...rest, fields: Object.fromEntries(rows), datasets: translated(datasets) };
}

/** @param {any} value @returns {any} the same with its texts, and those of its parts, in the page's language */
function translated(value) {
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([name, part]) => [name, TEXTS.includes(name) ? t(part) : translated(part)]));
}
