// What is chosen about a table that is read: the server's proposals, changed by the person's own choices. Pure.

/** @typedef {{choice: string, message: string}} Question */
/** @typedef {{number: number, name: string, kind: string, range: [number, number]|null, values: string[]|null, missing: number}} Column */
/**
 * @typedef {{dialect: {kind: string, encoding: string|null, separator: string|null, decimal: string|null, header: boolean,
 *   sheet: string|null, sheets: string[], encodings: string[]}, columns: Column[], proposals: Record<string, string>,
 *   classes: {label: number, name: string, text: string, points: number}[], ranges: Record<string, [number, number]|null>,
 *   head: {line: number, cells: string[]}[], num_rows: number, num_usable: number, num_taken: number, seed: number,
 *   questions: Question[], problems: {line: number, part: string, message: string}[]}} Preview
 */
/** @typedef {Record<string, string|number|boolean>} Choices */

/** What no column is. */
export const NOBODY = "none";

/** The choices that a change of the dialect makes void: columns may be others then. @type {Record<string, string[]>} */
const VOID = {
  sheet: ["header", "decimal", "x", "y", "label", "value", "held_out"],
  separator: ["header", "decimal", "x", "y", "label", "value", "held_out"],
};

/** The parts of a point that a task reads. @param {string} task */
export function partsOf(task) {
  if (task === "curve_fitting") return ["x", "y", "held_out"];
  return task === "surface_fitting" ? ["x", "y", "value", "held_out"] : ["x", "y", "label", "held_out"];
}

/** The choices with one more made. @param {Choices} choices @param {string} name @param {string|number|boolean} value @returns {Choices} */
export function withChoice(choices, name, value) {
  const kept = Object.entries(choices).filter(([key]) => !VOID[name]?.includes(key));
  return { ...Object.fromEntries(kept), [name]: value };
}

/**
 * All that the preview shows as choices, so that the import does exactly that.
 * @param {Preview} preview
 * @param {Choices} own
 * @returns {Choices}
 */
export function settled({ dialect, proposals, seed }, own) {
  const { kind, encoding, separator, decimal, header, sheet } = dialect;
  const said = kind === "text" ? { encoding, separator, decimal, header } : { header, ...(sheet && { sheet }) };
  const told = Object.entries({ ...said, ...proposals, seed, ...own }).filter(([, value]) => value !== null);
  return /** @type {Choices} */ (Object.fromEntries(told));
}

/** "?x=1&y=2" @param {Choices} choices */
export function queryOf(choices) {
  const query = new URLSearchParams(Object.entries(choices).map(([name, value]) => [name, String(value)])).toString();
  return query && `?${query}`;
}

/** Whether there is anything that can be taken. @param {Preview} preview */
export const isUsable = ({ proposals, num_taken }) =>
  num_taken > 0 && proposals.x !== NOBODY && proposals.y !== NOBODY && proposals.x !== proposals.y;
