// Start and stop the room's timer.

import { t, tn } from "../../../core/messages.js";
import { h } from "../../dom.js";

const MINUTES = [1, 2, 5, 10, 20];
const MOST_MINUTES = 180;

/** @param {{onTimer: (seconds: number|null) => void}} actions */
export function createTimerPanel({ onTimer }) {
  const button = (/** @type {string} */ label, /** @type {() => void} */ click) =>
    h("button", { type: "button", class: "button small", on: { click } }, label);
  const usual = MINUTES.map((minutes) => button(tn("1 min", "{count} min", minutes), () => onTimer(60 * minutes)));
  const own = h("input", {
    type: "number",
    class: "text-box",
    min: 1,
    max: MOST_MINUTES,
    value: 15,
    "aria-label": t("Minutes"),
  });
  const start = h("button", { type: "submit", class: "button small" }, t("Start"));
  const form = h("form", { class: "row" }, own, start);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onTimer(60 * Number(own.value));
  });
  const stop = button(t("Stop the timer"), () => onTimer(null));
  const element = h("div", { class: "panel-parts" }, h("div", { class: "buttons-line" }, ...usual), form, stop);
  return {
    element,
    /** @param {import("../../../core/rooms/types.js").Room} room */
    show: ({ timer }) => (stop.hidden = timer === null),
  };
}
