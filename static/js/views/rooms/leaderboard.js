// Who has done best at the challenge: a table of places.

import { formatCount, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/rooms/types.js").Place} Place */

/** @param {{most?: number}} [options] so many places at the most */
export function createLeaderboard({ most = Infinity } = {}) {
  const body = h("tbody", {});
  const heads = [t("Place"), t("Name"), t("Test accuracy"), t("Parameters"), t("Steps")];
  const head = h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name))));
  const nobody = h("p", { class: "quiet" }, t("Nobody has reached the goal yet."));
  const table = h("table", { class: "leaderboard", "aria-label": t("Leaderboard") }, head, body);
  const element = h("div", {}, table, nobody);
  return {
    element,
    /** @param {Place[]} places best first @param {number|null} [own] the number of the student whose page it is */
    show(places, own = null) {
      table.hidden = places.length === 0;
      nobody.hidden = places.length > 0;
      body.replaceChildren(...places.slice(0, most).map((place, index) => row(place, index + 1, place.number === own)));
    },
  };
}

/** @param {Place} place @param {number} rank @param {boolean} isOwn */
function row({ nickname, accuracy, parameters, steps }, rank, isOwn) {
  const figures = [formatPercent(accuracy), formatCount(parameters), formatCount(steps)];
  return h(
    "tr",
    { class: isOwn ? "is-own" : null },
    h("td", {}, String(rank)),
    h("th", { scope: "row" }, nickname),
    ...figures.map((figure) => h("td", {}, figure)),
  );
}
