// One hidden layer's controls: its units, its activation, its dropout, and a button that removes it.

import { t } from "../../core/messages.js";
import { createChoiceField } from "../fields/choice-field.js";
import { h } from "../dom.js";
import { helpButton } from "../help/help.js";
import { createNumberField } from "../fields/number-field.js";

/** @typedef {import("../../core/types.js").HiddenLayer} HiddenLayer */

/**
 * @param {number} index
 * @param {{fields: Record<string, import("../../core/types.js").FieldSpec>,
 *   onChange: (changes: Partial<HiddenLayer>) => void, onRemove: () => void, isAlone?: boolean}} options isAlone: which layer it
 *   is stands above
 */
export function createLayerRow(index, { fields, onChange, onRemove, isAlone = false }) {
  const number = index + 1;
  const ofLayer = (/** @type {string} */ name) => ({
    ...fields[`network.hidden.${name}`],
    compare: `network.hidden.${number}.${name}`,
  });
  const units = createNumberField(ofLayer("units"), {
    onInput: (value) => onChange({ units: Number(value) }),
    label: t("Hidden layer {number}: units", { number }),
    text: isAlone ? t("Units") : undefined,
  });
  const spec = ofLayer("activation");
  const label = t("Hidden layer {number}: activation", { number });
  const activation = createChoiceField(spec, {
    onInput: (value) => onChange({ activation: value }),
    label,
    bare: true,
  });
  const pieces = createNumberField(ofLayer("pieces"), {
    onInput: (value) => onChange({ pieces: Number(value) }),
    label: fields["network.hidden.pieces"].label,
  });
  let common = 1;
  const keep = createNumberField(fields["training.keep_prob"], {
    onInput: (value) => onChange({ keep_prob: value === common ? null : value }),
    label: t("Layer {number}: keep probability", { number }),
    text: t("Keep probability"),
  });
  const remove = h(
    "button",
    {
      type: "button",
      class: "button icon quiet",
      "aria-label": t("Remove hidden layer {number}", { number }),
      on: { click: onRemove },
    },
    "×",
  );
  const row = h("div", { class: "layer-tools" }, activation.element, helpButton({ ...spec, label }), remove);
  return {
    element: h("li", { class: "layer" }, units.element, row, pieces.element, keep.element),
    /** @param {HiddenLayer} layer @param {number} commonKeep what holds for layers without a keep probability of their own */
    show(layer, commonKeep) {
      common = commonKeep;
      keep.show(layer.keep_prob ?? common);
      units.show(layer.units);
      activation.show(layer.activation);
      pieces.show(layer.pieces);
      pieces.element.hidden = layer.activation !== "maxout";
    },
  };
}
