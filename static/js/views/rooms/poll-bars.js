// What a room has answered, as bars with counts.

import { t, tn } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/rooms/types.js").Poll} Poll */

export function createPollBars() {
  const element = h("div", { class: "poll-bars" });
  return {
    element,
    /** @param {Poll} poll */
    show({ options, votes, own }) {
      const counts = votes ?? [];
      const all = counts.reduce((sum, count) => sum + count, 0);
      element.replaceChildren(
        ...options.map((option, index) => bar(option, counts[index] ?? 0, all, index === own)),
        h("p", { class: "quiet" }, tn("1 answer", "{count} answers", all)),
      );
    },
  };
}

/** @param {string} option @param {number} count @param {number} all @param {boolean} isOwn */
function bar(option, count, all, isOwn) {
  const share = all ? count / all : 0;
  const fill = h("span", { class: "poll-fill" });
  fill.style.width = `${(share * 100).toFixed(1)}%`;
  const words = isOwn ? t("{option} (yours)", { option }) : option;
  return h(
    "div",
    { class: `poll-bar${isOwn ? " is-own" : ""}` },
    fill,
    h("span", { class: "poll-option" }, words),
    h("span", { class: "poll-count" }, String(count)),
  );
}
