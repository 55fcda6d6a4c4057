// The rooms that this browser knows a way back to.

import { inHalves } from "../../core/rooms/code.js";
import { language, t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/rooms/memberships.js").Membership} Membership */

/** @param {HTMLElement} place hidden when there are none @param {Membership[]} list @param {(id: string) => string} addressOf */
export function showMemberships(place, list, addressOf) {
  place.hidden = list.length === 0;
  const items = list.map(({ id, code, title, name, time_ms: time }) => {
    const when = new Date(time).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    const words = [title || t("Room {code}", { code: inHalves(code) }), name].filter(Boolean).join(" · ");
    return h(
      "li",
      {},
      h(
        "a",
        { class: "menu-item", href: addressOf(id) },
        h("strong", {}, words),
        h("span", { class: "quiet" }, `${inHalves(code)} · ${when}`),
      ),
    );
  });
  place.querySelector("ul")?.replaceChildren(...items);
}
