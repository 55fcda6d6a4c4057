// The hand on the network diagram: presses on units, biases and links, and the weight of the link that it is over.

import { linkAt } from "../../core/diagram-links.js";
import { formatWeight } from "../../core/numbers.js";
import { latestPerFrame } from "../../core/pacing.js";
import { biasPlace } from "../../draw/diagram.js";
import { h, listen, setText } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-links.js").Link} Link */
/** @typedef {import("./diagram-units.js").Unit} Unit */

/** How near to a link or a bias a press must be, in CSS pixels. */
const LINK_REACH_CSS = 7;
const BIAS_REACH_CSS = 6;

/**
 * @typedef {{links: () => Link[], layout: () => import("../../core/diagram-layout.js").Layout|null,
 *   unitAt: (target: EventTarget|null) => Unit|null, onPress: (unit: Unit) => void,
 *   onEditWeight: (link: Link) => void, onEditBias: (tile: Tile) => void, onHover: () => void}} Options onHover: the link under the hand
 *   has changed
 */

/** @param {HTMLElement} sheet @param {Options} options */
export function listenToLinks(sheet, options) {
  const { onPress, onEditWeight, onEditBias, onHover } = options;
  const find = createFinder(sheet, options);
  const tip = createTip(sheet);
  /** @type {Link|null} */
  let hovered = null;

  const click = (/** @type {MouseEvent} */ event) => {
    if (!isMine(event)) return;
    const { at, bias, unit, link } = find(event);
    if (bias) return onEditBias(bias);
    if (unit) return onPress(unit);
    tip.show(null, at); // its number is about to change
    if (link) onEditWeight(link);
  };

  const hover = latestPerFrame((/** @type {MouseEvent|null} */ event) => {
    const { at, bias, link } = event && isMine(event) ? find(event) : NOTHING;
    sheet.classList.toggle("is-over-link", Boolean(link || bias));
    tip.show(link, at);
    if (link === hovered) return;
    hovered = link;
    onHover();
  });
  const end = listen(sheet, { click, pointermove: hover, pointerleave: () => hover(null) });

  return {
    hovered: () => hovered,
    /** The links are others now. */
    forget() {
      hovered = null;
    },
    destroy() {
      end();
      tip.destroy();
    },
  };
}

/** Nothing is under the hand. */
const NOTHING = { at: null, bias: null, unit: null, link: null };

/** A head's or a foot's clicks are their own. @param {Event} event */
const isMine = ({ target }) => !(target instanceof Element && target.closest(".column-head, .column-foot, .add-layer"));

/** Finds what an event means: a bias before the unit it belongs to, a unit before links. @param {HTMLElement} sheet @param {Options} options */
function createFinder(sheet, { links, layout, unitAt }) {
  /** @param {{x: number, y: number}} at */
  const biasAt = ({ x, y }) => {
    const isNear = (/** @type {Tile} */ tile) => {
      const place = biasPlace(tile);
      return tile.layer > 0 && Math.hypot(place.x - x, place.y - y) <= BIAS_REACH_CSS;
    };
    return layout()?.tiles.find(isNear) ?? null;
  };
  return (/** @type {MouseEvent} */ event) => {
    const box = sheet.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const isByKey = event.type === "click" && event.detail === 0; // which has no place
    const bias = isByKey ? null : biasAt(at);
    const unit = bias ? null : unitAt(event.target);
    const link = isByKey || bias || unit ? null : linkAt(links(), at.x, at.y, LINK_REACH_CSS);
    return { at, bias, unit, link };
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
