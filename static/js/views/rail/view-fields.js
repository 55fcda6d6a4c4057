// Which part of the plane is shown, in four boxes: its edges.

import { t } from "../../core/messages.js";
import { FARTHEST } from "../../core/view-changes.js";
import { createNumberField } from "../fields/number-field.js";

/** @typedef {import("../../core/types.js").Range} Range */

/** @type {{range: "x_range"|"y_range", edge: 0|1, label: string}[]} */
const EDGES = [
  { range: "x_range", edge: 0, label: t("x from") },
  { range: "x_range", edge: 1, label: t("x to") },
  { range: "y_range", edge: 0, label: t("y from") },
  { range: "y_range", edge: 1, label: t("y to") },
];

/**
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {{setField: (path: string, value: any) => void}} options
 */
export function createViewFields(catalog, { setField }) {
  /** @type {import("../../core/types.js").View|null} */
  let view = null;
  const fields = EDGES.map(({ range, edge, label }) => {
    const spec = { ...catalog.fields[`view.${range}`], label, type: "number", minimum: -FARTHEST, maximum: FARTHEST };
    const onInput = (/** @type {number|null} */ value) => {
      if (view && value !== null)
        setField(
          `view.${range}`,
          view[range].map((old, i) => (i === edge ? value : old)),
        );
    };
    return { range, edge, field: createNumberField(spec, { onInput }) };
  });
  return {
    elements: fields.map(({ field }) => field.element),
    /** @param {import("../../core/types.js").LabDocument} document */
    show(document) {
      view = document.view;
      for (const { range, edge, field } of fields) field.show(document.view[range][edge]);
    },
  };
}
