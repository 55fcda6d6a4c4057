// How tables are written where somebody lives: sign between cells and decimal sign. Pure.

/** @typedef {{separator: string, decimal: string}} Convention */

/** What programs write, and spreadsheets where the point is the decimal sign. @type {Convention} */
export const POINTS = { separator: "comma", decimal: "point" };

/** What spreadsheets write where the comma is the decimal sign. @type {Convention} */
export const COMMAS = { separator: "semicolon", decimal: "comma" };

/** The usual one in a language, and the other one. @param {string} language @returns {[Convention, Convention]} */
export function conventions(language) {
  const hasComma = new Intl.NumberFormat(language).format(1.5).includes(",");
  return hasComma ? [COMMAS, POINTS] : [POINTS, COMMAS];
}
