// The table of a study's networks: a row each, with a link that opens it.

import { formatSetting } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

const HIDDEN = new Set(["open", "run"]);
const MOST_ROWS = 500;

/** @param {Element} place @param {Record<string, any>[]} rows @param {Record<string, string>} labels of the columns */
export function showNetworks(place, rows, labels) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !HIDDEN.has(name));
  const plain = names.filter((name) => rows.some((row) => typeof row[name] !== "object"));
  const kindOf = (/** @type {string} */ name) => (rows.some((row) => typeof row[name] === "number") ? "number" : "");
  const heads = plain.map((name) => h("th", { scope: "col", class: kindOf(name) }, labels[name] ?? name));
  const head = h("tr", {}, ...heads, h("th"));
  const lines = rows
    .slice(0, MOST_ROWS)
    .map((row) => h("tr", {}, ...plain.map((name) => cell(row[name])), opening(row)));
  place.replaceChildren(h("table", { class: "networks" }, h("thead", {}, head), h("tbody", {}, ...lines)));
}

/** @param {any} value */
function cell(value) {
  if (value === null || value === undefined) return h("td", {}, "–");
  if (typeof value === "number") return h("td", { class: "number" }, formatSetting(Number(value.toPrecision(4))));
  return h("td", {}, String(value));
}

/** @param {Record<string, any>} row without `open`: of an earlier version of the study, which has no such network now */
const opening = ({ open }) =>
  h("td", {}, ...(open ? [h("a", { href: open, target: "_blank", rel: "noopener" }, t("Open this run"))] : []));
