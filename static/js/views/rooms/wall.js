// The wall: every student's card in a grid, as large as lets all be seen. Tells which of them are on screen.

import { cardSide, gapCss, wordsCss, ROOMY_CSS } from "../../core/rooms/wall-size.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { listenToGridKeys } from "./grid-keys.js";
import { createMemberCard } from "./member-card.js";

/** @typedef {import("../../core/rooms/types.js").Member} Member */
/** @typedef {import("./plane-thumbnail.js").Picture} Picture */

/** Cards of one size whatever their number, else as large as fits. @type {Record<string, number>} */
export const SIZES = { fit: 0, small: 72, medium: 132, large: 200 };

/** Cards this near to the window count as on screen: they are there when one scrolls on. */
const NEAR_CSS = 120;

/**
 * @param {HTMLElement} element scrolls
 * @param {{onChoose: (number: number) => void, onVisible: (numbers: number[]) => void}} options
 */
export function createWall(element, { onChoose, onVisible }) {
  const cards = /** @type {Cards} */ (new Map());
  const grid = h("div", { class: "wall-grid", role: "group", "aria-label": t("Students") });
  const nobody = h("p", { class: "wall-nobody quiet", role: "status" });
  element.append(grid, nobody);
  const sight = watchCards(element, onVisible);
  const keys = listenToGridKeys(grid);
  let size = "fit";

  const layOut = () => {
    const room = { widthCss: element.clientWidth - 32, heightCss: element.clientHeight - 24 };
    useSide(grid, SIZES[size] || cardSide(cards.size, room));
    for (const { thumbnail } of cards.values()) thumbnail.resize();
  };
  const observer = new ResizeObserver(layOut);
  observer.observe(element);

  /** Other cards than before? @param {Member[]} members in their order */
  const keep = (members) => {
    const had = cards.size;
    const left = keepCards(cards, members, sight);
    const fresh = members.filter(({ number }) => !cards.has(number));
    for (const { number } of fresh) {
      const card = createMemberCard(number, { onChoose: () => onChoose(number) });
      cards.set(number, card);
      sight.follow(card.element);
    }
    putInOrder(grid, elementsOf(cards, members));
    keys.renew();
    if (left < had || fresh.length) layOut();
  };

  return {
    /** @param {Member[]} members @param {{chosen: number|null, watched: number|"teacher"|null, words: string}} state words: what is said where there is nobody */
    show(members, { chosen, watched, words }) {
      keep(members);
      for (const member of members)
        cards.get(member.number)?.show(member, member.number === chosen, member.number === watched);
      setText(nobody, members.length ? "" : words);
    },
    /** @param {number} number @param {Picture} picture */
    showPicture: (number, picture) => cards.get(number)?.thumbnail.show(picture),
    /** @param {string} wanted one of SIZES */
    setSize(wanted) {
      if (wanted === size) return;
      size = wanted;
      layOut();
    },
    /** @param {number} number */
    focus: (number) => cards.get(number)?.element.focus(),
    destroy() {
      observer.disconnect();
      sight.destroy();
      keys.destroy();
      grid.remove();
      nobody.remove();
    },
  };
}

/** @typedef {Map<number, ReturnType<typeof createMemberCard>>} Cards by the student's number */

/** Take away the cards of those who are gone; how many are left. @param {Cards} cards @param {Member[]} members @param {ReturnType<typeof watchCards>} sight */
function keepCards(cards, members, sight) {
  const numbers = new Set(members.map(({ number }) => number));
  for (const [number, card] of cards) {
    if (numbers.has(number)) continue;
    sight.forget(card.element);
    card.destroy();
    cards.delete(number);
  }
  return cards.size;
}

/** @param {Cards} cards @param {Member[]} members */
const elementsOf = (cards, members) => members.flatMap(({ number }) => cards.get(number)?.element ?? []);

/** @param {HTMLElement} grid @param {number} side of each plane */
function useSide(grid, side) {
  for (const [name, value] of Object.entries({ side, gap: gapCss(side), words: wordsCss(side) }))
    grid.style.setProperty(`--mate-${name}`, `${value}px`);
  grid.classList.toggle("is-roomy", side >= ROOMY_CSS);
}

/** Move only what stands in the wrong place; a card that is moved keeps its focus. @param {HTMLElement} grid @param {HTMLElement[]} elements */
function putInOrder(grid, elements) {
  const focused = /** @type {HTMLElement|null} */ (document.activeElement);
  elements.forEach((element, index) => {
    if (grid.children[index] !== element) grid.insertBefore(element, grid.children[index] ?? null);
  });
  if (focused !== document.activeElement && grid.contains(focused)) focused?.focus({ preventScroll: true });
}

/** Which cards are on screen. @param {HTMLElement} root @param {(numbers: number[]) => void} onVisible */
function watchCards(root, onVisible) {
  /** @type {Set<number>} */
  const visible = new Set();
  const numberOf = (/** @type {Element} */ card) => Number(/** @type {HTMLElement} */ (card).dataset.number);
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) visible.add(numberOf(target));
        else visible.delete(numberOf(target));
      onVisible([...visible]);
    },
    { root, rootMargin: `${NEAR_CSS}px` },
  );
  return {
    follow: (/** @type {Element} */ card) => observer.observe(card),
    forget(/** @type {Element} */ card) {
      observer.unobserve(card);
      if (visible.delete(numberOf(card))) onVisible([...visible]);
    },
    destroy: () => observer.disconnect(),
  };
}
