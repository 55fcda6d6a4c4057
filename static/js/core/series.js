// The progress chart's memory: columns of numbers against the step, thinned when they grow long. Draws nothing.

/** Columns kept for every step that arrives. */
export const COLUMNS = /** @type {const} */ ([
  "loss",
  "data_loss",
  "reg_loss",
  "test_loss",
  "accuracy",
  "test_accuracy",
]);

/** @typedef {(typeof COLUMNS)[number]} Column */
/** @typedef {{step: number[]} & Record<Column, (number|null)[]>} Series */

/** More entries than a chart has pixels are of no use. */
const MOST_ENTRIES = 1200;

/** @returns {Series} */
export function emptySeries() {
  return { step: [], loss: [], data_loss: [], reg_loss: [], test_loss: [], accuracy: [], test_accuracy: [] };
}

/**
 * The server's record of the steps so far.
 * @param {Record<string, (number|null)[]>} columns
 * @returns {Series}
 */
export function seriesOf(columns) {
  const series = emptySeries();
  series.step = columns.step.map(Number);
  for (const column of COLUMNS) series[column] = columns[column] ?? series.step.map(() => null);
  return series;
}

/**
 * Take in a snapshot. Going back in time keeps what lies ahead as long as the server knows a way there; a new start
 * or training on from an earlier moment forgets it. The same step replaces its entry.
 * @param {Series} series
 * @param {import("./types.js").Snapshot} snapshot
 */
export function record(series, snapshot) {
  const { step } = series;
  const ahead = Math.max(snapshot.step, snapshot.last_step ?? 0);
  while (step.length && step[step.length - 1] > ahead) dropLast(series);
  if (step.length && step[step.length - 1] > snapshot.step) return;
  if (step.length && step[step.length - 1] === snapshot.step) dropLast(series);
  step.push(snapshot.step);
  for (const column of COLUMNS) series[column].push(snapshot[column] ?? null);
  if (step.length > MOST_ENTRIES) thin(series);
}

/**
 * Index of the step nearest to `step`, -1 where there are none.
 * @param {number[]} steps ascending
 * @param {number} step
 */
export function nearestIndex(steps, step) {
  if (!steps.length) return -1;
  let [low, high] = [0, steps.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle;
    else high = middle;
  }
  return step - steps[low] <= steps[high] - step ? low : high;
}

/** @param {Series} series */
function dropLast(series) {
  series.step.pop();
  for (const column of COLUMNS) series[column].pop();
}

/** Keep every second entry, and always the newest. @param {Series} series */
function thin(series) {
  const parity = (series.step.length - 1) % 2;
  const keep = (/** @type {unknown} */ _, /** @type {number} */ index) => index % 2 === parity;
  series.step = series.step.filter(keep);
  for (const column of COLUMNS) series[column] = series[column].filter(keep);
}
