// The first rows of a table that is read, with the line of each and what each column is.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/table-choices.js").Preview} Preview */

/**
 * @param {Preview} preview
 * @param {(part: string) => string} partName
 * @returns {HTMLElement}
 */
export function previewTable({ columns, head, proposals }, partName) {
  const parts = new Map(
    Object.entries(proposals).map(([part, number]) => [Number(number), part]), // those that are no columns are NaN
  );
  const shown = columns.map(({ number }, index) => ({ number, index, part: parts.get(number) ?? "" }));
  const heading = columns.map(({ number, name, kind }) => {
    const part = parts.get(number);
    const title = h("span", {}, columnName({ number, name }));
    const use = part
      ? h("strong", { class: "import-part" }, partName(part))
      : h("span", { class: "quiet" }, kindName(kind));
    return h("th", { scope: "col", class: part ? "is-used" : null }, use, title);
  });
  const rows = head.map(({ line, cells }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row", class: "quiet" }, String(line)),
      ...shown.map(({ index, part }) => h("td", { class: part ? "is-used" : null }, cells[index])),
    ),
  );
  const corner = h("th", { scope: "col", class: "quiet" }, t("Line"));
  return h(
    "div",
    { class: "import-rows", tabindex: 0, role: "group", "aria-label": t("First rows") },
    h("table", {}, h("thead", {}, h("tr", {}, corner, ...heading)), h("tbody", {}, ...rows)),
  );
}

/** @param {{number: number, name: string}} column */
export const columnName = ({ number, name }) => name || t("Column {number}", { number });

/** @type {Record<string, string>} */
const KINDS = {
  number: t("numbers"),
  whole: t("whole numbers"),
  index: t("counts rows"),
  boolean: t("yes or no"),
  words: t("words"),
  empty: t("empty"),
};

/** @param {string} kind */
const kindName = (kind) => KINDS[kind] ?? kind;
