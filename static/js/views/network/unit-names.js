// What inputs, units and scores are called on screen. Knows the document, not the diagram.

import { inputSign } from "../../core/activations.js";
import { scalesOf } from "../../core/input-scale.js";
import { t } from "../../core/messages.js";
import { formatNumber } from "../../core/numbers.js";
import { className } from "../plane/class-mark.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/**
 * "Hidden layer 1, unit 3", "Input x²", "Score of orange square".
 * @param {LabDocument} document
 * @param {number} layer 0 for the inputs
 * @param {number} unit from 0
 * @param {number} outputs how many scores the network has
 */
export function unitName(document, layer, unit, outputs) {
  const { network, task, class_names } = document;
  if (layer === 0) return inputName(document, unit);
  if (layer <= network.hidden.length) return t("Hidden layer {layer}, unit {unit}", { layer, unit: unit + 1 });
  if (task !== "classification") return t("Output");
  return outputs === 1 ? t("Score") : t("Score of {mark}", { mark: className(unit, class_names) });
}

/** @param {import("../../core/types.js").Network} network */
const isScaled = ({ scaling = "none" }) => scaling !== "none";

/** "Input x", or with what is done to it before the network sees it. @param {LabDocument} document @param {number} unit */
function inputName(document, unit) {
  const { network } = document;
  const input = inputSign(network.inputs[unit]);
  if (!isScaled(network)) return t("Input {input}", { input });
  const { shift, size } = scalesOf(document)[unit];
  const less = shift < 0 ? `+ ${formatNumber(-shift)}` : `− ${formatNumber(shift)}`;
  return t("Input {input}, scaled: {formula}", { input, formula: `(${input} ${less}) / ${formatNumber(size)}` });
}

/**
 * The short form for rows and axes: "x²", "unit 3", "orange square".
 * @param {LabDocument} document
 * @param {number} layer
 * @param {number} unit
 * @param {number} outputs
 */
export function shortUnitName({ network, task, class_names }, layer, unit, outputs) {
  if (layer === 0) {
    const input = inputSign(network.inputs[unit]);
    return isScaled(network) ? t("{input} (scaled)", { input }) : input;
  }
  if (layer <= network.hidden.length) return t("unit {number}", { number: unit + 1 });
  return task !== "classification" ? t("output") : outputs === 1 ? t("score") : className(unit, class_names);
}
