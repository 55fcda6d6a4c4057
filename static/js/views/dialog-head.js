// The head of a dialog that only tells something: its title, and a cross. A press beside the dialog closes it as well.

import { t } from "../core/messages.js";
import { h } from "./dom.js";

/** @param {HTMLDialogElement} dialog which has its name from the title @param {string} title */
export function dialogHead(dialog, title) {
  const close = h(
    "button",
    { type: "button", class: "button icon quiet", "aria-label": t("Close"), on: { click: () => dialog.close() } },
    "×",
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return h("div", { class: "row" }, h("h2", { id: dialog.getAttribute("aria-labelledby") }, title), close);
}
