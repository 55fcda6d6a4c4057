// The catalog as the page uses it: each row knows its own path. Pure.

/** @typedef {import("./types.js").Catalog} Catalog */

/** @param {Catalog} catalog @returns {Catalog} */
export function withPaths(catalog) {
  const rows = Object.entries(catalog.fields).map(([path, row]) => [path, { ...row, path }]);
  return { ...catalog, fields: Object.fromEntries(rows) };
}
