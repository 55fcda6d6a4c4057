// The seed: a number to type, so that a start can be had again, and a button for a new one.

import { t } from "../core/messages.js";
import { h, uniqueId } from "./dom.js";
import { helpButton } from "./help.js";
import { readBox } from "./number-field.js";

/** New seeds are short, so that they can be read out in a class. */
const NEW_SEEDS = 1000;

/**
 * @param {import("../core/types.js").FieldSpec} spec
 * @param {{onInput: (value: number) => void}} options
 */
export function createSeedField(spec, { onInput }) {
  const id = uniqueId();
  let shown = 0;
  const commit = () => {
    const value = readBox(box, spec, { element, label: spec.label });
    if (value != null && value !== shown) return onInput(value);
    box.value = String(shown);
  };
  const roll = () => onInput((shown + 1 + Math.floor(Math.random() * (NEW_SEEDS - 1))) % NEW_SEEDS);
  const box = h("input", {
    id,
    class: "value-box wide",
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    on: { change: commit },
  });
  const dice = h("button", { type: "button", class: "button small", on: { click: roll } }, t("New seed"));
  const label = h("label", { class: "field-label", for: id }, spec.label);
  const head = h("div", { class: "field-head" }, label, helpButton(spec), dice, box);
  const element = h("div", { class: "field seed-field" }, head);
  return {
    element,
    /** @param {number} value */
    show(value) {
      if (value === shown && document.activeElement === box) return;
      shown = value;
      box.value = String(value);
    },
  };
}
