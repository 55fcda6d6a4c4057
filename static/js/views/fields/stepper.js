// A small whole number with - and + buttons, such as the number of hidden layers. Range and label come from a catalog row.

import { t } from "../../core/messages.js";
import { h, uniqueId } from "../dom.js";
import { fieldName } from "../help/help.js";

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (value: number) => void, range: [number, number]}} options
 */
export function createStepper(spec, { onInput, range: [low, high] }) {
  const id = uniqueId();
  let shown = low;
  const output = h("output", { class: "stepper-value", "aria-labelledby": id });
  /** @param {string} sign @param {string} word @param {number} change */
  const button = (sign, word, change) =>
    h(
      "button",
      {
        type: "button",
        class: "button icon",
        "aria-label": `${word}: ${spec.label}`,
        on: { click: () => onInput(shown + change) },
      },
      sign,
    );
  const [fewer, more] = [button("−", t("Fewer"), -1), button("+", t("More"), 1)];
  const element = h(
    "div",
    { class: "field stepper", role: "group", "aria-labelledby": id },
    fieldName(h("span", { id, class: "field-label" }, spec.label), spec),
    h("span", { class: "stepper-buttons" }, fewer, output, more),
  );
  return {
    element,
    /** @param {number} value */
    show(value) {
      shown = value;
      output.textContent = String(value);
      fewer.disabled = value <= low;
      more.disabled = value >= high;
    },
  };
}
