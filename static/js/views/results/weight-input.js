// One weight or bias as a number that can be typed; arrow keys nudge it. What is being typed is never overwritten.

import { formatWeight } from "../../core/numbers.js";
import { t } from "../../core/messages.js";
import { withSign } from "../../core/decimals.js";
import { parseNumber } from "../../core/typed-number.js";
import { h } from "../dom.js";

/** @type {Record<string, number>} */
const NUDGES = { ArrowUp: 0.1, ArrowDown: -0.1 };
const SHIFT_FACTOR = 10;

/** What the server takes. */
const LARGEST = 1e6;

/**
 * @param {string} label
 * @param {(value: number) => void} onInput
 */
export function createWeightInput(label, onInput) {
  let shown = 0;
  let isEdited = false;
  const input = h("input", {
    class: "value-box",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
  });
  const rewrite = () => (input.value = formatWeight(shown));

  const refuse = () => {
    input.setCustomValidity(t("A number from {low} to {high}.", { low: -LARGEST, high: LARGEST }));
    input.reportValidity();
  };

  const commit = () => {
    const value = parseNumber(input.value.replaceAll("−", "-"), false);
    isEdited = false;
    const isWeight = value != null && Math.abs(value) <= LARGEST;
    if (!isWeight) refuse();
    if (!isWeight || input.value === formatWeight(shown)) return rewrite();
    shown = value;
    rewrite();
    onInput(value);
  };

  input.addEventListener("input", () => {
    isEdited = true;
    input.setCustomValidity("");
  });
  input.addEventListener("change", commit);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => isEdited && commit());
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      isEdited = false;
      rewrite();
    }
    const nudge = NUDGES[event.key];
    if (!nudge || input.disabled) return;
    event.preventDefault();
    input.value = withSign(String(Number((shown + nudge * (event.shiftKey ? SHIFT_FACTOR : 1)).toFixed(6))));
    commit();
  });

  return {
    input,
    /** @param {number} value @param {boolean} canEdit */
    show(value, canEdit) {
      input.disabled = !canEdit;
      if (isEdited) return;
      if (value === shown && input.value) return;
      shown = value;
      rewrite();
    },
  };
}
