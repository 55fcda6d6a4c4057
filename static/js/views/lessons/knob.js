// A named slider with its value beside it, for the benches of the lessons.

import { fixed } from "../../core/decimals.js";
import { h, setText, uniqueId } from "../dom.js";

/**
 * @param {{label: string, range: [number, number], step: number, value: number, digits?: number}} spec
 * @param {(value: number) => void} onInput
 */
export function createKnob({ label, range: [min, max], step, value, digits = 1 }, onInput) {
  const id = uniqueId("knob");
  const slider = h("input", { id, class: "slider", type: "range", min, max, step });
  const output = h("output", { for: id, class: "knob-value" });
  const place = () => {
    const number = Number(slider.value);
    setText(output, fixed(number, digits));
    slider.style.setProperty("--filled", `${((100 * (number - min)) / (max - min)).toFixed(1)}%`);
  };
  slider.addEventListener("input", () => {
    place();
    onInput(Number(slider.value));
  });
  slider.value = String(value);
  place();
  return {
    element: h("div", { class: "knob" }, h("label", { for: id }, label), slider, output),
    get: () => Number(slider.value),
    /** @param {number} newValue */
    set(newValue) {
      slider.value = String(newValue);
      place();
    },
  };
}
