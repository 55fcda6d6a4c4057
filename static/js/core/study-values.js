// What stands in the controls of a study, as parameters, and the other way round. Knows no page.

/** @typedef {{name: string, type: string, text: string}} Control */

/**
 * @typedef {{id: string, study: string, parameters: Record<string, any>, state: string, progress: number,
 *   seconds_left: number|null, result: {rows: Record<string, any>[]}|null,
 *   summary: {finding: string, table: Record<string, any>[]}|null, problem: string|null}} StudyRun
 */

/** The parameters in these controls; what cannot be read stays text, and the server says what is wrong with it. @param {Control[]} controls */
export function parametersIn(controls) {
  return Object.fromEntries(controls.map(({ name, type, text }) => [name, valueOf(type, text)]));
}

/** A value as it stands in its control. @param {any} value */
export const textOf = (value) => (Array.isArray(value) ? value.join(", ") : String(value));

/** @param {string} type number, list or choice @param {string} text */
function valueOf(type, text) {
  if (type !== "list") return type === "number" ? numberIn(text) : text;
  return text
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(numberIn);
}

/** @param {string} text */
function numberIn(text) {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}
