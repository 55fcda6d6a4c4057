// The control of one document field, chosen by the field's type in the catalog.

import { createChoiceField } from "./choice-field.js";
import { createNumberField } from "./number-field.js";
import { createSwitchField } from "./switch-field.js";

/**
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (value: any) => void, allow?: (choice: import("../../core/types.js").Choice) => boolean}} options
 * @returns {{element: HTMLElement, show: (value: any) => void}}
 */
export function createField(spec, options) {
  if (spec.choices) return createChoiceField(spec, options);
  return spec.type === "boolean" ? createSwitchField(spec, options) : createNumberField(spec, options);
}

/**
 * Controls for several fields of the document.
 * @param {string[]} paths e.g. "training.l2"
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {{setField: (path: string, value: any) => void,
 *   allow?: (path: string, choice: import("../../core/types.js").Choice) => boolean}} options
 */
export function createFields(paths, catalog, { setField, allow = () => true }) {
  const fields = paths.map((path) => ({
    path,
    field: createField(catalog.fields[path], {
      onInput: (value) => setField(path, value),
      allow: (choice) => allow(path, choice),
    }),
  }));
  return {
    elements: fields.map(({ field }) => field.element),
    /** @param {(path: string) => any} valueOf */
    show(valueOf) {
      for (const { path, field } of fields) field.show(valueOf(path));
    },
  };
}
