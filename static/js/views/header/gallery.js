// The gallery of experiments: a dialog of cards by sections, each with a picture of what it becomes, in the page's theme, and a
// sentence on what to notice.

import { t } from "../../core/messages.js";
import { dialogHead } from "../dialog-head.js";
import { h } from "../dom.js";

/** @typedef {{name: string, section: string, title: string, notice: string, compare?: object}} Card compare: it has three planes */

/**
 * @template {Card} C
 * @param {HTMLDialogElement} dialog
 * @param {{cards: C[], sections: string[], pictureOf: (card: C) => string, onChoose: (card: C) => void}} options pictureOf: asked anew
 *   each time the gallery opens
 * @returns {() => void} opens the gallery
 */
export function createGallery(dialog, { cards, sections, pictureOf, onChoose }) {
  /** @type {Map<HTMLImageElement, C>} */
  const pictures = new Map();
  const cardOf = (/** @type {C} */ card) => {
    const picture = h("img", { alt: "", width: card.compare ? 260 : 84, height: 84, loading: "lazy" });
    pictures.set(picture, card);
    return h(
      "button",
      {
        type: "button",
        class: card.compare ? "gallery-card is-wide" : "gallery-card",
        on: { click: () => (dialog.close(), onChoose(card)) },
      },
      picture,
      h("strong", {}, card.title),
      h("span", { class: "quiet" }, card.notice),
    );
  };
  const groups = sections.map((name) => {
    const own = cards.filter(({ section }) => section === name);
    return h("section", {}, h("h3", {}, name), h("div", { class: "gallery-cards" }, ...own.map(cardOf)));
  });
  dialog.replaceChildren(dialogHead(dialog, t("Experiments to try")), ...groups);
  return () => {
    for (const [picture, card] of pictures) picture.src = pictureOf(card);
    dialog.showModal();
  };
}
