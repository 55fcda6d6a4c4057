// What everyone has reached, as a table.

import { formatCount, formatLoss, formatPercent, UNKNOWN } from "../../core/format.js";
import { inHalves } from "../../core/rooms/code.js";
import { language, t, tn } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/rooms/types.js").Results} Results */
/** @typedef {import("../../core/rooms/types.js").Challenge} Challenge */

/** @param {HTMLElement} place @param {Results} results @param {Challenge[]} challenges all there are, for their titles */
export function showResults(place, { title, code, at_s: at, rows }, challenges) {
  const tried = challenges.filter(({ name }) => rows.some((row) => row.challenges[name]));
  const heads = [
    t("Name"),
    t("Network"),
    t("Step"),
    t("Training accuracy"),
    t("Test accuracy"),
    t("Loss"),
    t("Parameters"),
    ...tried.map((challenge) => challenge.title),
  ];
  const head = h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name))));
  const body = h("tbody", {}, ...rows.map((row) => rowOf(row, tried)));
  const day = new Date(at * 1000).toLocaleDateString(language, { dateStyle: "long" });
  const count = tn("1 student", "{count} students", rows.length);
  place.replaceChildren(
    h("h1", {}, title || t("Room {code}", { code: inHalves(code) })),
    h("p", { class: "quiet" }, [inHalves(code), count, day].join(" · ")),
    h("table", { class: "room-results" }, head, body),
  );
}

/** @param {Results["rows"][number]} row @param {Challenge[]} tried */
function rowOf(row, tried) {
  const figures = [
    row.network,
    formatCount(row.step),
    formatPercent(row.train_accuracy),
    formatPercent(row.held_out_accuracy),
    formatLoss(row.loss),
    formatCount(row.parameters),
    ...tried.map(({ name }) => resultWord(row.challenges[name])),
  ];
  return h("tr", {}, h("th", { scope: "row" }, row.nickname), ...figures.map((figure) => h("td", {}, figure)));
}

/** @param {import("../../core/rooms/types.js").Result|undefined} result */
function resultWord(result) {
  if (!result) return UNKNOWN;
  const share = formatPercent(result.accuracy);
  return result.passed ? t("reached, {share}", { share }) : t("not reached, {share}", { share });
}
