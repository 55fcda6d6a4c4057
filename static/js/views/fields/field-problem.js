// Says under a field that what was typed is no value for it, and what is. Fetched when that happens first.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { allowedInWords } from "../help/help-content.js";

/**
 * @param {HTMLElement} element of the field
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{label: string, typed: string}} what
 */
export function showFieldProblem(element, spec, { label, typed }) {
  const text = t("{label} cannot be “{typed}”.", { label, typed });
  element.append(h("p", { class: "field-problem", role: "alert" }, [text, allowedInWords(spec)].join(" ")));
}
