// What inputs, units and scores are called on screen. Knows the document, not the diagram.

import { inputSign } from "../core/activations.js";
import { className } from "./class-mark.js";

/** @typedef {import("../core/types.js").LabDocument} LabDocument */

/**
 * "Hidden layer 1, unit 3", "Input x²", "Score of orange square".
 * @param {LabDocument} document
 * @param {number} layer 0 for the inputs
 * @param {number} unit from 0
 * @param {number} outputs how many scores the network has
 */
export function unitName({ network, task }, layer, unit, outputs) {
  if (layer === 0) return `Input ${inputSign(network.inputs[unit])}`;
  if (layer <= network.hidden.length) return `Hidden layer ${layer}, unit ${unit + 1}`;
  if (task !== "classification") return "Output";
  return outputs === 1 ? "Score" : `Score of ${className(unit)}`;
}

/**
 * The short form for rows and axes: "x²", "unit 3", "orange square".
 * @param {LabDocument} document
 * @param {number} layer
 * @param {number} unit
 * @param {number} outputs
 */
export function shortUnitName({ network, task }, layer, unit, outputs) {
  if (layer === 0) return inputSign(network.inputs[unit]);
  if (layer <= network.hidden.length) return `unit ${unit + 1}`;
  return task !== "classification" ? "output" : outputs === 1 ? "score" : className(unit);
}

/**
 * A column's heading in two lines.
 * @param {LabDocument} document
 * @param {number} layer
 * @param {number} count units in it
 * @param {(name: string) => string} activationLabel
 * @returns {[string, string]}
 */
export function layerHeading({ network, task }, layer, count, activationLabel) {
  if (layer === 0) return ["Inputs", String(count)];
  const hidden = network.hidden[layer - 1];
  if (hidden) return [`Hidden ${layer}`, `${count} × ${activationLabel(hidden.activation)}`];
  return [task === "classification" ? "Scores" : "Output", String(count)];
}
