// The seed: a number to type, so that a start can be had again, and a button for a new one.

import { t } from "../../core/messages.js";
import { h, uniqueId } from "../dom.js";
import { fieldName } from "../help/help.js";
import { forgetProblem, readBox } from "../fields/number-field.js";

/** New seeds are short, so that they can be read out in a class. */
const NEW_SEEDS = 1000;

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (value: number) => void}} options
 */
export function createSeedField(spec, { onInput }) {
  const id = uniqueId();
  let shown = 0;
  const box = h("input", { id, class: "value-box", type: "text", inputmode: "numeric", autocomplete: "off" });
  const renew = () => onInput((shown + 1 + Math.floor(Math.random() * (NEW_SEEDS - 1))) % NEW_SEEDS);
  const button = h(
    "button",
    { type: "button", class: "button small", "aria-label": t("New seed"), on: { click: renew } },
    t("New"),
  );
  const name = fieldName(h("label", { class: "field-label", for: id }, spec.label), spec);
  const element = h("div", { class: "field seed-field" }, h("div", { class: "field-head" }, name, button, box));
  box.addEventListener("change", () => {
    const value = readBox(box, spec, { element, label: spec.label });
    if (value != null && value !== shown) return onInput(value);
    box.value = String(shown);
  });
  return {
    element,
    /** @param {number} value */
    show(value) {
      if (value === shown && document.activeElement === box) return;
      forgetProblem(element);
      shown = value;
      box.value = String(value);
    },
  };
}
