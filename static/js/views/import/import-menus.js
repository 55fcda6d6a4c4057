// The menus of a table that is read: which column is what, and how the file is written.

import { t } from "../../core/messages.js";
import { NOBODY, partsOf } from "../../core/table-choices.js";
import { h, uniqueId } from "../dom.js";
import { columnName } from "./preview-table.js";

/** @typedef {import("../../core/table-choices.js").Preview} Preview */
/** @typedef {(name: string, value: string|boolean) => void} OnChoice */

/** @type {Record<string, string>} */
const PARTS = { x: "x", y: "y", label: t("Class"), value: t("Value"), held_out: t("Test points") };

/** @param {string} part */
export const partName = (part) => PARTS[part] ?? part;

/** @type {[string, string][]} */
const SEPARATORS = [
  ["comma", t("Comma")],
  ["semicolon", t("Semicolon")],
  ["tab", t("Tab")],
  ["blank", t("Blanks")],
  ["bar", t("Vertical bar")],
];
/** @type {[string, string][]} */
const DECIMALS = [
  ["point", t("Point: 1.5")],
  ["comma", t("Comma: 1,5")],
];
/** @type {[string, string][]} */
const HEADERS = [
  ["true", t("Names columns")],
  ["false", t("Is a point")],
];

/**
 * A menu for each part of a point.
 * @param {Preview} preview
 * @param {string} task
 * @param {OnChoice} onChoice
 */
export function columnMenus({ columns, proposals, questions }, task, onChoice) {
  const asked = new Set(questions.map(({ choice }) => choice));
  return partsOf(task).map((part) => {
    const fitting = columns.filter(({ kind }) => kind !== "empty");
    /** @type {[string, string][]} */
    const options = fitting.map((column) => [String(column.number), columnName(column)]);
    const none = part === "x" || part === "y" ? [] : [/** @type {[string, string]} */ ([NOBODY, t("None")])];
    return menu(partName(part), [...none, ...options], proposals[part], {
      isAsked: asked.has(part),
      onInput: (value) => onChoice(part, value),
    });
  });
}

/**
 * How the file is written: as it was understood, to be changed.
 * @param {Preview} preview
 * @param {OnChoice} onChoice
 */
export function dialectMenus({ dialect, questions }, onChoice) {
  const asked = new Set(questions.map(({ choice }) => choice));
  /** @param {string} name @param {string} label @param {[string, string][]} options @param {string|null} value */
  const one = (name, label, options, value) =>
    menu(label, options, value, { isAsked: asked.has(name), onInput: (chosen) => onChoice(name, chosen) });
  const same = (/** @type {string[]} */ names) => names.map((name) => /** @type {[string, string]} */ ([name, name]));
  const isText = dialect.kind === "text";
  return [
    ...(dialect.sheets.length > 1 ? [one("sheet", t("Sheet"), same(dialect.sheets), dialect.sheet)] : []),
    ...(isText ? [one("separator", t("Between cells"), SEPARATORS, dialect.separator)] : []),
    ...(isText ? [one("decimal", t("Decimal sign"), DECIMALS, dialect.decimal)] : []),
    one("header", t("First row"), HEADERS, String(dialect.header)),
    ...(isText ? [one("encoding", t("Encoding"), same(dialect.encodings), dialect.encoding)] : []),
  ];
}

/**
 * @param {string} label
 * @param {[string, string][]} options value and text
 * @param {string|null} value
 * @param {{isAsked: boolean, onInput: (value: string) => void}} use isAsked: the table leaves it open
 */
function menu(label, options, value, { isAsked, onInput }) {
  const known = options.some(([name]) => name === value) ? options : [["", "–"], ...options];
  const select = h(
    "select",
    { id: uniqueId(), class: "select", on: { change: () => onInput(select.value) } },
    ...known.map(([name, text]) => h("option", { value: name, selected: name === (value ?? "") }, text)),
  );
  return h(
    "div",
    { class: `import-field${isAsked ? " is-asked" : ""}` },
    h("label", { for: select.id }, label),
    select,
  );
}
