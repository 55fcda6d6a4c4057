// The activation of all hidden layers at once; "mixed" where they differ.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { createChoiceField } from "../fields/choice-field.js";

/** @typedef {import("../../core/types.js").HiddenLayer} HiddenLayer */

/** Stands for layers of different activations; cannot be chosen. */
const MIXED = "mixed";

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (hidden: HiddenLayer[]) => void}} options
 */
export function createActivationField(spec, { onInput }) {
  /** @type {HiddenLayer[]} */
  let shown = [];
  const field = createChoiceField(spec, {
    onInput: (activation) => onInput(shown.map((layer) => ({ ...layer, activation }))),
  });
  const select = /** @type {HTMLSelectElement} */ (field.element.querySelector("select"));
  select.prepend(h("option", { value: MIXED, disabled: true, hidden: true }, t("mixed")));
  return {
    element: field.element,
    /** @param {HiddenLayer[]} hidden */
    show(hidden) {
      shown = hidden;
      select.disabled = hidden.length === 0;
      field.show(commonActivation(hidden) ?? (hidden.length ? MIXED : select.value));
      if (hidden.length && commonActivation(hidden) === null) select.value = MIXED;
    },
  };
}

/** What all layers have, null where they differ or there are none. @param {HiddenLayer[]} hidden */
export function commonActivation(hidden) {
  const [first] = hidden;
  return first && hidden.every(({ activation }) => activation === first.activation) ? first.activation : null;
}
