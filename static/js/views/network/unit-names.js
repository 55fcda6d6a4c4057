// What inputs, units and scores are called on screen. Knows the document, not the diagram.

import { inputSign } from "../../core/activations.js";
import { t } from "../../core/messages.js";
import { className } from "../plane/class-mark.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/**
 * "Hidden layer 1, unit 3", "Input x²", "Score of orange square".
 * @param {LabDocument} document
 * @param {number} layer 0 for the inputs
 * @param {number} unit from 0
 * @param {number} outputs how many scores the network has
 */
export function unitName({ network, task, class_names }, layer, unit, outputs) {
  if (layer === 0) return t("Input {input}", { input: inputSign(network.inputs[unit]) });
  if (layer <= network.hidden.length) return t("Hidden layer {layer}, unit {unit}", { layer, unit: unit + 1 });
  if (task !== "classification") return t("Output");
  return outputs === 1 ? t("Score") : t("Score of {mark}", { mark: className(unit, class_names) });
}

/**
 * The short form for rows and axes: "x²", "unit 3", "orange square".
 * @param {LabDocument} document
 * @param {number} layer
 * @param {number} unit
 * @param {number} outputs
 */
export function shortUnitName({ network, task, class_names }, layer, unit, outputs) {
  if (layer === 0) return inputSign(network.inputs[unit]);
  if (layer <= network.hidden.length) return t("unit {number}", { number: unit + 1 });
  return task !== "classification" ? t("output") : outputs === 1 ? t("score") : className(unit, class_names);
}
