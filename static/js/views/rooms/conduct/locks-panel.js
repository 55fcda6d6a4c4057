// What students may not touch: switches, enforced by the server.

import { LOCKS } from "../../../core/rooms/locks.js";
import { t } from "../../../core/messages.js";
import { h } from "../../dom.js";

/** @param {{onLocks: (locks: string[]) => void}} actions */
export function createLocksPanel({ onLocks }) {
  const boxes = LOCKS.map(({ name, label }) => {
    const box = h("input", { type: "checkbox", value: name, on: { change: () => onLocks(chosen()) } });
    return { box, element: h("label", { class: "tick-line" }, box, label) };
  });
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  const element = h(
    "div",
    { class: "panel-parts" },
    h("p", { class: "quiet" }, t("Locked for every student, whatever they use to change it.")),
    h("div", {}, ...boxes.map(({ element }) => element)),
  );
  return {
    element,
    /** @param {import("../../../core/rooms/types.js").Room} room */
    show({ locks }) {
      for (const { box } of boxes) box.checked = locks.includes(box.value);
    },
  };
}
