// The tour of a first visit: the cards of templates/tour.html beside the parts of the page, never over the part they are about.
// It can be skipped and is never shown again by itself.

import { t } from "../../core/messages.js";
import { setText } from "../dom.js";

const GAP_CSS = 12;

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box in CSS pixels of the window */

/**
 * @typedef {{element: HTMLElement, count: HTMLElement, skip: HTMLElement, next: HTMLElement, start: HTMLElement,
 *   partOf: (card: HTMLElement) => HTMLElement}} Places element: a popover; partOf: the part of the page that a card is about
 */

/** @param {Places} places @param {() => void} onEnd */
export function startTour({ element, count, skip, next, start, partOf }, onEnd) {
  const all = [...element.querySelectorAll("section")];
  const cards = all.filter((card) => partOf(card).checkVisibility());
  const listening = new AbortController();
  let number = 0;
  /** @type {HTMLElement|null} */
  let target = null;

  const end = () => {
    onEnd();
    target?.classList.remove("is-toured");
    listening.abort();
    element.hidePopover();
  };

  const place = () => target && placeNear(element, target);

  const turn = () => {
    target?.classList.remove("is-toured");
    target = partOf(cards[number]);
    target.classList.add("is-toured");
    for (const card of all) card.hidden = card !== cards[number];
    element.setAttribute("aria-labelledby", `tour-${target.id}`);
    number += 1;
    setText(count, t("{number} of {count}", { number, count: cards.length }));
    const isLast = number === cards.length;
    skip.hidden = next.hidden = isLast;
    start.hidden = !isLast;
    place();
  };

  const { signal } = listening;
  next.addEventListener("click", turn, { signal });
  for (const button of [skip, start]) button.addEventListener("click", end, { signal });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && end(), { signal });
  window.addEventListener("resize", place, { signal });
  element.showPopover();
  turn();
}

/** @param {HTMLElement} card @param {HTMLElement} target */
function placeNear(card, target) {
  const { width, height } = card.getBoundingClientRect();
  const [left, top] = placeBesideBox(
    target.getBoundingClientRect(),
    { width, height },
    {
      width: window.innerWidth,
      height: window.innerHeight,
    },
  );
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

/**
 * Where a card stands beside a part of the page: on the side with the most room, never over the part while any side has room.
 * @param {Box} box @param {{width: number, height: number}} own @param {{width: number, height: number}} window
 * @returns {[number, number]} left and top
 */
function placeBesideBox(box, own, window) {
  const within = (/** @type {number} */ at, /** @type {number} */ size, /** @type {number} */ whole) =>
    Math.min(Math.max(GAP_CSS, at), whole - size - GAP_CSS);
  const x = within(box.left, own.width, window.width);
  const y = within(box.top, own.height, window.height);
  /** @type {{room: number, place: [number, number]}[]} */
  const sides = [
    { room: window.width - box.right - own.width, place: [box.right + GAP_CSS, y] },
    { room: box.left - own.width, place: [box.left - own.width - GAP_CSS, y] },
    { room: window.height - box.bottom - own.height, place: [x, box.bottom + GAP_CSS] },
    { room: box.top - own.height, place: [x, box.top - own.height - GAP_CSS] },
  ];
  const best = sides.find(({ room }) => room > 2 * GAP_CSS);
  return best?.place ?? [x, within(box.bottom - own.height - GAP_CSS, own.height, window.height)];
}
