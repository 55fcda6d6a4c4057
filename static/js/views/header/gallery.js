// The gallery of experiments: a dialog of cards, each with one sentence on what to notice.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {{title: string, notice: string}} Card */

/**
 * @template {Card} C
 * @param {HTMLDialogElement} dialog
 * @param {{cards: C[], onChoose: (card: C) => void}} options
 * @returns {() => void} opens the gallery
 */
export function createGallery(dialog, { cards, onChoose }) {
  const choose = (/** @type {C} */ card) => {
    dialog.close();
    onChoose(card);
  };
  const close = h(
    "button",
    { type: "button", class: "button icon quiet", "aria-label": t("Close"), on: { click: () => dialog.close() } },
    "×",
  );
  const list = h(
    "div",
    { class: "cards" },
    ...cards.map((card) =>
      h(
        "button",
        { type: "button", class: "card", on: { click: () => choose(card) } },
        h("strong", {}, card.title),
        h("span", { class: "quiet" }, card.notice),
      ),
    ),
  );
  dialog.replaceChildren(
    h("div", { class: "row" }, h("h2", { id: "gallery-title" }, t("Experiments to try")), close),
    list,
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return () => dialog.showModal();
}
