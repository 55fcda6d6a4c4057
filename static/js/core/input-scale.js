// What a network sees of a point: its features, shifted and divided by numbers that are fitted on the training points. The
// engine's arithmetic (nnlab/engine/menus/scalings.py) on the page's side, so that one point can be followed here.

import { INPUTS } from "./activations.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {{shift: number, size: number}} InputScale the network sees (feature - shift) / size */

/** Values that lie closer together say nothing; they are shifted and not divided. */
const NARROWEST = 1e-12;

/** @type {Record<string, (values: number[]) => InputScale>} */
const FITS = {
  none: () => ({ shift: 0, size: 1 }),
  standard(values) {
    const shift = mean(values);
    return { shift, size: Math.sqrt(mean(values.map((value) => (value - shift) ** 2))) };
  },
  range(values) {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { shift: (low + high) / 2, size: (high - low) / 2 };
  },
};

/** Documents are never changed, so what is fitted on one stays right. @type {WeakMap<LabDocument, InputScale[]>} */
const known = new WeakMap();

/** The scale of each input, in the network's order. @param {LabDocument} document @returns {InputScale[]} */
export function scalesOf(document) {
  const found = known.get(document) ?? document.network.inputs.map((name) => scaleOf(name, document));
  known.set(document, found);
  return found;
}

/**
 * What the network would see of an input, whether it is one of its inputs or not.
 * @param {string} name
 * @param {LabDocument} document
 * @returns {InputScale}
 */
export function scaleOf(name, { network, points }) {
  const values = points.filter(({ held_out }) => !held_out).map(({ x, y }) => INPUTS[name](x, y));
  if (!values.length) return FITS.none(values);
  const { shift, size } = FITS[network.scaling ?? "none"](values);
  const isWide = Math.max(...values) - Math.min(...values) > NARROWEST;
  return { shift, size: isWide ? size : 1 };
}

/** What the network sees of the place (x, y). @param {LabDocument} document @param {number} x @param {number} y */
export function inputsAt(document, x, y) {
  const scales = scalesOf(document);
  return document.network.inputs.map((name, i) => (INPUTS[name](x, y) - scales[i].shift) / scales[i].size);
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
