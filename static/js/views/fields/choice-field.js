// A choice out of one of the catalog's menus, as a native select: the best there is on a phone and for a screen reader.

import { h, uniqueId } from "../dom.js";
import { fieldName } from "../help/help.js";

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (name: string) => void, label?: string, bare?: boolean,
 *   allow?: (choice: import("../../core/types.js").Choice) => boolean}} options bare: label for screen readers only
 */
export function createChoiceField(spec, { onInput, label = spec.label, bare = false, allow = () => true }) {
  const id = uniqueId();
  const options = (spec.choices ?? []).map((choice) => ({
    choice,
    option: h("option", { value: choice.name, title: choice.help }, choice.label),
  }));
  const select = h(
    "select",
    { id, class: "select", "aria-label": bare ? label : null, on: { change: () => onInput(select.value) } },
    ...options.map(({ option }) => option),
  );
  const head = bare
    ? []
    : [h("div", { class: "field-head" }, fieldName(h("label", { class: "field-label", for: id }, label), spec))];
  return {
    element: h("div", { class: "field" }, ...head, select),
    /** @param {string} name */
    show(name) {
      for (const { choice, option } of options) option.disabled = !allow(choice);
      if (select.value !== name) select.value = name;
    },
  };
}
