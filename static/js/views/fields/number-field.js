// A number: a slider over the useful range and a box for any value. Made from a catalog row; the hand on it always wins
// over values that arrive from elsewhere.

import { formatField } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { nearestStop, sliderStops } from "../../core/stops.js";
import { typedValue } from "../../core/typed-number.js";
import { h, uniqueId } from "../dom.js";
import { fieldName } from "../help/help.js";

/** Whole numbers with at most so many values get a slider without being told a useful range. */
const FEW = 20;

/** @typedef {{element: HTMLElement, box: HTMLInputElement, slider: HTMLInputElement}} Elements */

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (value: number|null) => void, label?: string, text?: string, unit?: string}} options text: what stands on
 *   screen; unit: how it is written there
 */
export function createNumberField(spec, { onInput, label = spec.label, text = label, unit = unitOf(spec) }) {
  const stops = hasSlider(spec) ? sliderStops(spec) : [];
  const { element, box, slider } = build(spec, { label, text, unit, stops });
  const wordsOf = (/** @type {number|null} */ value) => formatField(value, spec);
  const place = (/** @type {number|null} */ value) =>
    placeThumb(
      slider,
      { at: nearestStop(stops, value, spec.scale), most: stops.length - 1 },
      `${wordsOf(value)} ${unit}`,
    );
  /** @type {number|null} */
  let shown = null;
  let held = false;
  /** @type {number|null|undefined} what has come while the slider was held */
  let missed;

  const letGo = () => {
    held = false;
    if (missed !== undefined) show(missed);
  };
  const commitBox = () => {
    const value = readBox(box, spec, { element, label });
    if (value !== undefined && value !== shown) {
      shown = value;
      place(value);
      onInput(value);
    }
    box.value = wordsOf(shown);
  };
  const followSlider = () => {
    shown = stops[Number(slider.value)];
    box.value = wordsOf(shown);
    place(shown);
    forgetProblem(element);
    missed = undefined;
    onInput(shown);
  };
  /** @param {number|null} value */
  const show = (value) => {
    missed = held ? value : undefined;
    if (held) return;
    const isTyped = document.activeElement === box && box.value !== wordsOf(shown);
    if (value !== shown) forgetProblem(element);
    shown = value;
    place(value);
    if (!isTyped) box.value = wordsOf(value);
  };
  slider.addEventListener("input", followSlider);
  slider.addEventListener("pointerdown", () => (held = true));
  for (const event of ["pointerup", "pointercancel", "blur"]) slider.addEventListener(event, letGo);
  box.addEventListener("change", commitBox);
  box.addEventListener("focus", () => box.select());

  return { element, show };
}

/** @param {import("../../core/types.js").FieldSpec} spec */
const unitOf = (spec) => (spec.percent ? "%" : (spec.unit ?? ""));

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{label: string, text: string, unit: string, stops: (number|null)[]}} parts
 * @returns {Elements}
 */
function build(spec, { label, text, unit, stops }) {
  const id = uniqueId();
  const box = h("input", {
    id,
    class: "value-box",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": text === label ? null : label,
  });
  const slider = h("input", {
    class: "slider",
    type: "range",
    min: 0,
    max: stops.length - 1,
    step: 1,
    "aria-label": t("{label} slider", { label }),
  });
  const name = fieldName(h("label", { class: "field-label", for: id }, text), { ...spec, label });
  const head = h("div", { class: "field-head" }, name, box, ...(unit ? [h("span", { class: "unit" }, unit)] : []));
  return { element: h("div", { class: "field number-field" }, head, ...(stops.length ? [slider] : [])), box, slider };
}

/** @param {HTMLInputElement} slider @param {{at: number, most: number}} stop @param {string} words */
function placeThumb(slider, { at, most }, words) {
  slider.value = String(at);
  slider.setAttribute("aria-valuetext", words.trim());
  const share = most > 0 ? Number(slider.value) / most : 0;
  slider.style.setProperty("--filled", `${(share * 100).toFixed(1)}%`);
}

/**
 * A slider needs a useful range to run over, or few enough values to show them all.
 * @param {import("../../core/types.js").FieldSpec} spec
 */
function hasSlider(spec) {
  const few = spec.type === "integer" && (spec.maximum ?? Infinity) - (spec.minimum ?? 0) <= FEW;
  return few || spec.slider !== undefined;
}

/**
 * What was typed, as a value; where it is none, that is said under the field.
 * @param {HTMLInputElement} box
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{element: HTMLElement, label: string}} field
 */
export function readBox({ value: typed }, spec, { element, label }) {
  const value = typedValue(typed, spec);
  forgetProblem(element);
  if (value === undefined && typed.trim())
    import("./field-problem.js").then(({ showFieldProblem }) => showFieldProblem(element, spec, { label, typed }));
  return value;
}

/** @param {HTMLElement} element */
export const forgetProblem = (element) => element.querySelector(".field-problem")?.remove();
