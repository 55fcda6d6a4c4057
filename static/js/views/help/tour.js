// The tour of a first visit: the cards of templates/tour.html beside the parts of the page. It can be skipped and is never
// shown again.

import { t } from "../../core/messages.js";
import { byId, setText } from "../dom.js";

const GAP_CSS = 12;

/**
 * @param {HTMLElement} element a popover
 * @param {() => void} onEnd
 */
export function startTour(element, onEnd) {
  const cards = [...element.querySelectorAll("section")];
  let number = 0;
  /** @type {HTMLElement|null} */
  let target = null;

  const end = () => {
    onEnd();
    target?.classList.remove("is-toured");
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("resize", place);
    element.hidePopover();
  };

  const place = () => target && placeNear(element, target);

  const turn = () => {
    target?.classList.remove("is-toured");
    target = byId(cards[number].dataset.beside ?? "");
    target.classList.add("is-toured");
    target.scrollIntoView({ block: "nearest" });
    cards.forEach((card, index) => (card.hidden = index !== number));
    element.setAttribute("aria-labelledby", `tour-${target.id}`);
    number += 1;
    setText(byId("tour-count"), t("{number} of {count}", { number, count: cards.length }));
    const isLast = number === cards.length;
    byId("tour-skip").hidden = byId("tour-next").hidden = isLast;
    byId("tour-start").hidden = !isLast;
    place();
  };

  const onKey = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && end();
  byId("tour-next").addEventListener("click", turn);
  for (const id of ["tour-skip", "tour-start"]) byId(id).addEventListener("click", end);
  document.addEventListener("keydown", onKey);
  window.addEventListener("resize", place);
  element.showPopover();
  turn();
}

/**
 * Put the card where it hides as little as possible: right or left of its target, else over its lower end.
 * @param {HTMLElement} card
 * @param {HTMLElement} target
 */
function placeNear(card, target) {
  const [box, own] = [target.getBoundingClientRect(), card.getBoundingClientRect()];
  const right = box.right + GAP_CSS;
  const left = box.left - own.width - GAP_CSS;
  const fits = right + own.width < window.innerWidth ? right : left > 0 ? left : null;
  const x = fits ?? (window.innerWidth - own.width) / 2;
  const y = fits === null ? box.bottom + GAP_CSS : box.top;
  card.style.left = `${Math.max(GAP_CSS, x)}px`;
  card.style.top = `${Math.min(Math.max(GAP_CSS, y), window.innerHeight - own.height - GAP_CSS)}px`;
}
