// What opens the dialog that compares a setting at several values: beside the setting's name, and in its help. Says which setting
// by an attribute; who listens to the page opens the dialog.

import { isComparable } from "../../core/compare-values.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {Partial<import("../../core/types.js").FieldSpec>} Topic */

/** Beside the name, for a pointer: the help, which keys open, has the same in words. @param {Topic} topic @returns {Element[]} none where there is nothing to compare */
export function compareMark(topic) {
  if (!canCompare(topic)) return [];
  const name = t("Compare values of {label}", { label: String(topic.label) });
  const attributes = { "data-compare": pathOf(topic), role: "button", tabindex: -1, title: t("Compare values") };
  return [h("span", { class: "compare-mark", "aria-label": name, ...attributes })];
}

/** In words. @param {Topic} topic @returns {Element[]} */
export function compareLink(topic) {
  if (!canCompare(topic)) return [];
  const text = t("Compare values side by side");
  return [h("button", { type: "button", class: "button small compare-link", "data-compare": pathOf(topic) }, text)];
}

/** @param {Topic} topic */
const canCompare = (topic) => isComparable(/** @type {import("../../core/types.js").FieldSpec} */ (topic));

/** @param {Topic} topic */
const pathOf = ({ compare, path }) => String(compare ?? path);
