// What was typed into a field's box, as a value; or a word under the field on what it can be. Fetched when a box gets the focus.

import { t } from "../core/messages.js";
import { typedValue } from "../core/typed-number.js";
import { h } from "./dom.js";
import { allowedInWords } from "./help-content.js";

/**
 * The value, or undefined where there is none.
 * @param {string} typed
 * @param {import("../core/types.js").FieldSpec} spec
 * @param {{element: HTMLElement, label: string}} field
 */
export function readTyped(typed, spec, { element, label }) {
  const value = typedValue(typed, spec);
  element.querySelector(".field-problem")?.remove();
  if (value === undefined && typed.trim()) {
    const text = t("{label} cannot be “{typed}”.", { label, typed });
    element.append(h("p", { class: "field-problem", role: "alert" }, [text, allowedInWords(spec)].join(" ")));
  }
  return value;
}
