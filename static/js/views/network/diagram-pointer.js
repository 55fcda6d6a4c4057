// The hand on the network diagram: presses on units, biases and links, and the weight of the link that it is over.

import { linkAt } from "../../core/diagram-links.js";
import { formatWeight } from "../../core/numbers.js";
import { latestPerFrame } from "../../core/pacing.js";
import { biasPlace } from "../../draw/diagram.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-links.js").Link} Link */

/** How near to a link or a bias a press must be, in CSS pixels. */
const LINK_REACH_CSS = 7;
const BIAS_REACH_CSS = 6;

/**
 * @param {HTMLElement} sheet
 * @param {{links: () => Link[], layout: () => import("../../core/diagram-layout.js").Layout|null,
 *   unitAt: (target: EventTarget|null) => {tile: Tile|null, slot: string}|null, onPress: (tile: Tile|null, slot: string) => void,
 *   onEditWeight: (link: Link) => void, onEditBias: (tile: Tile) => void, onHover: () => void}} options onHover: the link under the hand
 *   has changed
 */
export function listenToLinks(sheet, { links, layout, unitAt, onPress, onEditWeight, onEditBias, onHover }) {
  const tip = createTip(sheet);
  /** @type {Link|null} */
  let hovered = null;

  /** @param {MouseEvent} event */
  const position = ({ clientX, clientY }) => {
    const box = sheet.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  /** @param {{x: number, y: number}} at */
  const biasAt = ({ x, y }) => {
    const isNear = (/** @type {Tile} */ tile) => {
      const place = biasPlace(tile);
      return tile.layer > 0 && Math.hypot(place.x - x, place.y - y) <= BIAS_REACH_CSS;
    };
    return layout()?.tiles.find(isNear) ?? null;
  };

  /** A head's or a foot's clicks are their own. @param {Event} event */
  const isMine = ({ target }) =>
    !(target instanceof Element && target.closest(".column-head, .column-foot, .add-layer"));

  const click = (/** @type {MouseEvent} */ event) => {
    if (!isMine(event)) return;
    const at = position(event);
    const unit = unitAt(event.target);
    const isByKey = event.detail === 0;
    const bias = isByKey ? null : biasAt(at);
    if (bias) return onEditBias(bias);
    if (unit) return onPress(unit.tile, unit.slot);
    const link = isByKey ? null : linkAt(links(), at.x, at.y, LINK_REACH_CSS);
    tip.show(null, at); // its number is about to change
    if (link) onEditWeight(link);
  };

  const hover = latestPerFrame((/** @type {MouseEvent|null} */ event) => {
    const at = event && isMine(event) ? position(event) : null;
    const bias = at && biasAt(at);
    const link = at && event && !bias && !unitAt(event.target) ? linkAt(links(), at.x, at.y, LINK_REACH_CSS) : null;
    sheet.classList.toggle("is-over-link", Boolean(link || bias));
    tip.show(link, at);
    if (link === hovered) return;
    hovered = link;
    onHover();
  });
  const leave = () => hover(null);
  sheet.addEventListener("click", click);
  sheet.addEventListener("pointermove", hover);
  sheet.addEventListener("pointerleave", leave);

  return {
    hovered: () => hovered,
    /** The links are others now. */
    forget() {
      hovered = null;
    },
    destroy() {
      sheet.removeEventListener("click", click);
      sheet.removeEventListener("pointermove", hover);
      sheet.removeEventListener("pointerleave", leave);
      tip.destroy();
    },
  };
}

/** The weight of a link, at the hand. @param {HTMLElement} sheet */
function createTip(sheet) {
  const element = h("span", { class: "link-tip", hidden: true });
  sheet.append(element);
  return {
    /** @param {Link|null} link @param {{x: number, y: number}|null} at */
    show(link, at) {
      element.hidden = !link;
      if (!link || !at) return;
      setText(element, `w = ${formatWeight(link.weight)}`);
      element.style.left = `${at.x}px`;
      element.style.top = `${at.y}px`;
    },
    destroy: () => element.remove(),
  };
}
