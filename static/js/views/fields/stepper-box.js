// A small whole number between - and + that can be typed as well, in little room.

import { typedValue } from "../../core/typed-number.js";
import { h } from "../dom.js";

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{label: string, fewer: string, more: string, onInput: (value: number) => void}} options
 */
export function createStepperBox(spec, { label, fewer: fewerWords, more: moreWords, onInput }) {
  const [low, high] = [spec.minimum ?? 0, spec.maximum ?? Infinity];
  let shown = low;
  const box = h("input", {
    class: "stepper-box",
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    "aria-label": label,
    on: { focus: () => box.select(), change: () => take() },
  });
  /** @param {string} sign @param {string} words @param {number} change */
  const button = (sign, words, change) =>
    h(
      "button",
      {
        type: "button",
        class: "stepper-button",
        "aria-label": `${label}: ${words}`,
        title: words,
        on: { click: () => onInput(shown + change) },
      },
      sign,
    );
  const [fewer, more] = [button("−", fewerWords, -1), button("+", moreWords, 1)];
  const take = () => {
    const value = typedValue(box.value, spec);
    if (typeof value === "number" && value !== shown) onInput(value);
    box.value = String(typeof value === "number" ? value : shown);
  };
  return {
    element: h("span", { class: "stepper-small" }, fewer, box, more),
    /** @param {number} value */
    show(value) {
      const isTyped = document.activeElement === box && box.value !== String(shown);
      shown = value;
      if (!isTyped) box.value = String(value);
      fewer.disabled = value <= low;
      more.disabled = value >= high;
    },
  };
}
