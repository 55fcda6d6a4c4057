// What the help on a field says: its meaning, its formula, its range and its choices.

import { formatSetting } from "../core/format.js";
import { t } from "../core/messages.js";
import { h } from "./dom.js";
import { formulaOf } from "./formulas.js";

/** @typedef {import("../core/types.js").FieldSpec} FieldSpec */

/** The range of a field and its default in words, empty where there is none. @param {FieldSpec} spec */
export function rangeInWords(spec) {
  const allowed = allowedInWords(spec);
  return [allowed, ...(allowed ? defaultInWords(spec) : [])].join(" ");
}

/** What a field may be, in words, empty where there is no range. @param {FieldSpec} spec */
export function allowedInWords(spec) {
  const low = spec.minimum ?? spec.exclusive_minimum;
  const high = spec.maximum ?? spec.exclusive_maximum;
  if (low === undefined || high === undefined) return "";
  return [
    boundsInWords(spec, { low: withUnit(low, { ...spec, unit: undefined }), high: withUnit(high, spec) }),
    ...(spec.full ? [t("“full” takes all training points.")] : []),
    ...(spec.nullable ? [t("“off” is possible too.")] : []),
  ].join(" ");
}

/** @param {number} value @param {FieldSpec} spec */
function withUnit(value, { percent, unit }) {
  if (percent) return `${formatSetting(value * 100)} %`;
  return `${formatSetting(value)} ${unit ?? ""}`.trim();
}

/** @param {FieldSpec} spec @param {{low: string, high: string}} values */
function boundsInWords({ type, exclusive_minimum, exclusive_maximum }, values) {
  if (exclusive_minimum !== undefined) return t("Above {low} to {high}.", values);
  if (exclusive_maximum !== undefined) return t("From {low} to below {high}.", values);
  return type === "integer" ? t("Whole numbers from {low} to {high}.", values) : t("From {low} to {high}.", values);
}

/** @param {FieldSpec} spec */
function defaultInWords({ default: value }) {
  return typeof value === "number" ? [t("Default {value}.", { value: formatSetting(value) })] : [];
}

/** @param {FieldSpec} spec */
export function helpContent(spec) {
  /** @type {Element[]} */
  const content = [h("h3", {}, spec.label), h("p", {}, spec.help)];
  const formula = formulaOf(spec.path);
  if (formula) content.push(formula);
  const range = rangeInWords(spec);
  if (range) content.push(h("p", { class: "quiet" }, range));
  if (spec.live === false) content.push(h("p", { class: "quiet" }, t("A change starts training anew.")));
  if (spec.choices) content.push(choiceList(spec.choices));
  content.push(h("button", { type: "button", class: "link-button", "data-open-glossary": true }, t("All words")));
  return content;
}

/** @param {import("../core/types.js").Choice[]} choices */
function choiceList(choices) {
  return h("dl", {}, ...choices.flatMap(({ label, help }) => [h("dt", {}, label), h("dd", {}, help)]));
}
