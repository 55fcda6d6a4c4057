// What everyone has reached, as a table.

import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { inHalves } from "../../core/rooms/code.js";
import { STATES } from "../../core/rooms/roster.js";
import { language, t, tn } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/rooms/types.js").Member} Member */
/** @typedef {Member & {challenges?: Record<string, import("../../core/rooms/types.js").Result>}} Row */

/** @param {HTMLElement} place @param {{title: string, code: string, rows: Row[]}} results */
export function showResults(place, { title, code, rows }) {
  const challenges = [...new Set(rows.flatMap((row) => Object.keys(row.challenges ?? {})))];
  const day = new Date().toLocaleDateString(language, { dateStyle: "long" });
  const heads = [
    t("Name"),
    t("State"),
    t("Step"),
    t("Training accuracy"),
    t("Test accuracy"),
    t("Loss"),
    t("Parameters"),
    ...challenges,
  ];
  const head = h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name))));
  const body = h("tbody", {}, ...rows.map((row) => rowOf(row, challenges)));
  place.replaceChildren(
    h("h1", {}, title || t("Room {code}", { code: inHalves(code) })),
    h("p", { class: "quiet" }, [inHalves(code), tn("1 student", "{count} students", rows.length), day].join(" · ")),
    h("table", { class: "room-results" }, head, body),
  );
}

/** @param {Row} row @param {string[]} challenges */
function rowOf(row, challenges) {
  const figures = [
    STATES[row.state],
    formatCount(row.step),
    formatPercent(row.train_accuracy),
    formatPercent(row.held_out_accuracy),
    formatLoss(row.loss),
    formatCount(row.parameters),
    ...challenges.map((name) => resultWord(row.challenges?.[name])),
  ];
  return h("tr", {}, h("th", { scope: "row" }, row.nickname), ...figures.map((figure) => h("td", {}, figure)));
}

/** @param {import("../../core/rooms/types.js").Result|undefined} result */
function resultWord(result) {
  if (!result) return "–";
  const share = formatPercent(result.accuracy);
  return result.passed ? t("reached, {share}", { share }) : t("not reached, {share}", { share });
}
