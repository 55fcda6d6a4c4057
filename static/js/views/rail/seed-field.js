// The seed: a number to type, so that a start can be had again, and a button for a new one. Both stand in the template.

import { byId } from "../dom.js";
import { helpButton } from "../help/help.js";
import { readBox } from "../fields/number-field.js";

/** New seeds are short, so that they can be read out in a class. */
const NEW_SEEDS = 1000;

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (value: number) => void}} options
 */
export function createSeedField(spec, { onInput }) {
  const box = /** @type {HTMLInputElement} */ (byId("seed"));
  let shown = 0;
  box.addEventListener("change", () => {
    const value = readBox(box, spec, { element: byId("seed-field"), label: spec.label });
    if (value != null && value !== shown) return onInput(value);
    box.value = String(shown);
  });
  byId("new-seed").addEventListener("click", () =>
    onInput((shown + 1 + Math.floor(Math.random() * (NEW_SEEDS - 1))) % NEW_SEEDS),
  );
  byId("new-seed").before(helpButton(spec));
  return {
    /** @param {number} value */
    show(value) {
      if (value === shown && document.activeElement === box) return;
      shown = value;
      box.value = String(value);
    },
  };
}
