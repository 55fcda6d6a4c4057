// The fitting tasks' arithmetic: the fitted curve out of a frame, errors, and what changes with the task. Pure.

import { mix } from "./palette.js";
import { LEVELS, decodeLevels } from "./regions.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./types.js").Regions} Regions */
/** @typedef {import("./types.js").Range} Range */

/** Two characters carry one number of twelve bits. */
const FINE_LEVELS = LEVELS * LEVELS;

/** Values of surfaces are coloured from -1 to 1, whatever the network says at the moment. */
const STRONGEST_VALUE = 1;

/**
 * Heights of the fitted curve at the middles of the grid's columns.
 * @param {Regions} regions
 * @returns {Float64Array}
 */
export function curveOf({ cols, values = "", curve, value_range: [low, high] = [0, 0] }) {
  const share = curve
    ? fineShares(curve)
    : Float64Array.from(decodeLevels(values.slice(0, cols)), (level) => level / (LEVELS - 1));
  return share.map((part) => low + part * (high - low));
}

/** @param {string} text two characters a number */
function fineShares(text) {
  const levels = decodeLevels(text);
  return Float64Array.from(
    { length: levels.length / 2 },
    (_, i) => (levels[2 * i] * LEVELS + levels[2 * i + 1]) / (FINE_LEVELS - 1),
  );
}

/**
 * The curve's height at x, straight between the columns' middles.
 * @param {Float64Array} curve
 * @param {Range} xRange
 * @param {number} x
 */
export function heightAt(curve, [low, high], x) {
  const position = Math.min(Math.max(((x - low) / (high - low)) * curve.length - 0.5, 0), curve.length - 1);
  const left = Math.min(Math.floor(position), curve.length - 2);
  const share = position - left;
  return curve[left] * (1 - share) + curve[left + 1] * share;
}

/**
 * The training point that the curve misses by most, where the curve is there, and by how much; null without points.
 * @param {Float64Array} curve
 * @param {Range} xRange
 * @param {import("./types.js").Point[]} points
 */
export function worstPoint(curve, xRange, points) {
  let worst = null;
  for (const point of points) {
    if (point.held_out) continue;
    const height = heightAt(curve, xRange, point.x);
    const error = Math.abs(height - point.y);
    if (!worst || error > worst.error) worst = { point, height, error };
  }
  return worst;
}

/**
 * Each unit's own curve at the middles of the grid's columns.
 * @param {import("./types.js").UnitCurves} curves
 */
export function unitCurves({ units, value_range: [low, high] }) {
  return units.map((text) => fineShares(text).map((part) => low + part * (high - low)));
}

/**
 * The root mean square error out of the squared loss, which is half the mean square.
 * @param {number|null} loss
 */
export function rootMeanSquare(loss) {
  return loss === null ? null : Math.sqrt(2 * loss);
}

/** A value's place between the two class colours: 0 lowest, 0.5 the middle, 1 highest. @param {number} value */
export function valueShare(value) {
  return Math.min(1, Math.max(0, 0.5 + value / (2 * STRONGEST_VALUE)));
}

/**
 * Blue below zero, orange above, paper at zero.
 * @param {number} value
 * @param {{classes: import("./palette.js").Rgb[], paper: import("./palette.js").Rgb}} colours
 * @param {number} strongest
 */
export function valueColour(value, { classes, paper }, strongest) {
  const offset = 2 * valueShare(value) - 1;
  return mix(paper, classes[offset < 0 ? 0 : 1], Math.abs(offset) * strongest);
}

/**
 * The patch that changes the task: the points go, and loss and inputs become ones that the task can use.
 * @param {LabDocument} defaults
 * @param {string} task
 * @param {import("./types.js").Choice[]} losses
 */
export function patchForTask(defaults, task, losses) {
  const fitting = losses.filter((loss) => loss.tasks?.includes(task));
  const loss = fitting.some(({ name }) => name === defaults.network.loss) ? defaults.network.loss : fitting[0]?.name;
  const inputs = defaults.network.inputs.filter((name) => inputFits(name, task));
  return { task, classes: defaults.classes, points: [], network: { loss, inputs } };
}

/** A curve is a function of x alone. @param {string} input @param {string} task */
export function inputFits(input, task) {
  return task !== "curve_fitting" || !input.includes("y");
}
