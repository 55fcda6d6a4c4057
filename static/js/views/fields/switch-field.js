// A setting that is on or off, as a checkbox.

import { h, uniqueId } from "../dom.js";
import { helpButton } from "../help/help.js";

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (on: boolean) => void}} options
 */
export function createSwitchField(spec, { onInput }) {
  const id = uniqueId();
  const box = h("input", { id, type: "checkbox", class: "checkbox", on: { change: () => onInput(box.checked) } });
  const label = h("label", { class: "field-label", for: id }, box, spec.label);
  return {
    element: h("div", { class: "field" }, h("div", { class: "field-head" }, label, helpButton(spec))),
    /** @param {boolean} on */
    show(on) {
      box.checked = on;
    },
  };
}
