// What students may not touch: switches, enforced by the server.

import { LOCKS } from "../../../core/rooms/locks.js";
import { t } from "../../../core/messages.js";
import { h } from "../../dom.js";

/** @param {{onLocks: (locks: string[]) => Promise<void>}} actions */
export function createLocksPanel({ onLocks }) {
  let underWay = 0; // until the server has heard of a change, its older news must not take it back
  const change = async () => {
    underWay += 1;
    await onLocks(chosen());
    underWay -= 1;
  };
  const boxes = LOCKS.map(({ name, label }) => {
    const box = h("input", { type: "checkbox", value: name, on: { change } });
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
      if (underWay) return;
      for (const { box } of boxes) box.checked = locks.includes(box.value);
    },
  };
}
