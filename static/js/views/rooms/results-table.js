// What everyone has reached, as a table.

import { formatCount, formatLoss, formatPercent, UNKNOWN } from "../../core/format.js";
import { inHalves } from "../../core/rooms/code.js";
import { language, t, tn } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/rooms/types.js").Results} Results */
/** @typedef {import("../../core/rooms/types.js").Challenge} Challenge */

/** @param {HTMLElement} place @param {Results} results @param {Challenge[]} challenges all there are, for their titles */
export function showResults(place, { title, code, at_s: at, members }, challenges) {
  const tried = challenges.filter(({ name }) => members.some((one) => resultIn(one, name)));
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
  const body = h("tbody", {}, ...members.map((one) => rowOf(one, tried)));
  const day = new Date(at * 1000).toLocaleDateString(language, { dateStyle: "long" });
  const count = tn("1 student", "{count} students", members.length);
  place.replaceChildren(
    h("h1", {}, title || t("Room {code}", { code: inHalves(code) })),
    h("p", { class: "quiet" }, [inHalves(code), count, day].join(" · ")),
    h("table", { class: "room-results" }, head, body),
  );
}

/** @param {Results["members"][number]} member @param {string} challenge */
const resultIn = ({ results }, challenge) => results.find((one) => one.challenge === challenge);

/** @param {Results["members"][number]} member @param {Challenge[]} tried */
function rowOf(member, tried) {
  const figures = [
    member.network,
    formatCount(member.step),
    formatPercent(member.train_accuracy),
    formatPercent(member.held_out_accuracy),
    formatLoss(member.loss),
    formatCount(member.parameters),
    ...tried.map(({ name }) => resultWord(resultIn(member, name))),
  ];
  return h("tr", {}, h("th", { scope: "row" }, member.nickname), ...figures.map((figure) => h("td", {}, figure)));
}

/** @param {import("../../core/rooms/types.js").Result|undefined} result */
function resultWord(result) {
  if (!result) return UNKNOWN;
  const share = formatPercent(result.accuracy);
  return result.passed ? t("reached, {share}", { share }) : t("not reached, {share}", { share });
}
