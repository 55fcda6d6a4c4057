// What a help says: of a field its meaning, its formula, what to try, its range and its choices; of a picture the same, as far as
// it has them.

import { formatSetting } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { compareLink } from "../fields/compare-button.js";
import { formulaOf, mathOf } from "./formulas.js";
import { PICTURES } from "./pictures.js";
import { TRIES } from "./tries.js";

/** @typedef {import("../../core/types.js").FieldSpec} FieldSpec */
/** @typedef {import("./help.js").Picture} Picture */

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

/** @param {FieldSpec|Picture} topic */
export function helpContent(topic) {
  const parts = "about" in topic ? aboutPicture(topic) : aboutField(topic);
  const words = h("a", { href: "#glossary-dialog", class: "link-button", "data-open-glossary": true }, t("All words"));
  return [h("h3", {}, topic.label), ...parts, words];
}

/** @param {Picture} picture @returns {Element[]} */
function aboutPicture({ about, note }) {
  const { what, formula, trial } = PICTURES[about];
  return [h("p", {}, what), ...(formula ? [mathOf(formula)] : []), ...toTry(trial), ...quiet(note)];
}

/** @param {FieldSpec} spec @returns {Element[]} */
function aboutField(spec) {
  const formula = formulaOf(spec.path);
  return [
    h("p", {}, spec.help),
    ...(formula ? [formula] : []),
    ...toTry(TRIES[spec.path ?? ""]),
    ...quiet(rangeInWords(spec)),
    ...quiet(spec.live === false && t("A change starts training anew.")),
    ...compareLink(spec),
    ...(spec.choices ? [choiceList(spec.choices)] : []),
  ];
}

/** @param {string|undefined} trial */
function toTry(trial) {
  return trial ? [h("p", { class: "try" }, h("strong", {}, t("Try:")), " ", trial)] : [];
}

/** @param {string|false|undefined} text */
function quiet(text) {
  return text ? [h("p", { class: "quiet" }, text)] : [];
}

/** @param {import("../../core/types.js").Choice[]} choices */
function choiceList(choices) {
  return h(
    "dl",
    {},
    ...choices.flatMap(({ label, help, formula }) => [
      h("dt", {}, label),
      h("dd", {}, help, ...(formula ? [mathOf(formula)] : [])),
    ]),
  );
}
