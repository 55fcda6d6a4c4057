// The buttons that stand over the diagram: a unit's tile, the place of an unused input, and what shows the rest of a column.

import { inputSign } from "../../core/activations.js";
import { t } from "../../core/messages.js";
import { h, setAttribute, setText } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-layout.js").Spare} Spare */
/** @typedef {import("../../core/diagram-layout.js").Column} Column */
/** @typedef {import("./diagram-units.js").Names} Names */

/** A tile, which is nowhere yet. */
export const createUnitButton = () =>
  h("button", { type: "button", class: "unit-tile", tabindex: -1, "aria-pressed": "false" });

/**
 * Put a tile in its place, and call it what it is now.
 * @param {HTMLButtonElement} button
 * @param {Tile|Spare} place
 * @param {number|null} slot of an input, used or not
 * @param {Names} names
 */
export function showUnitButton(button, place, slot, { nameOf, spareName, slots }) {
  putAt(button, place);
  const isUnit = "unit" in place;
  setAttribute(button, "aria-label", isUnit ? nameOf(place) : spareName(place.slot));
  if (slot === null) return;
  button.classList.add("is-input");
  button.classList.toggle("is-spare", !isUnit);
  setAttribute(button, "aria-pressed", String(isUnit));
  setAttribute(button, "data-name", inputSign(slots[slot].name));
  setAttribute(button, "title", isUnit ? t("In use: click to leave it out") : t("Not in use: click to add it"));
}

/** The button under a long column. @param {(isWanted: boolean) => void} onExpand */
export function createExpander(onExpand) {
  const button = h("button", { type: "button", class: "more-units", on: { click } });
  /** The click is the button's alone: what lies there once the column has grown was not meant. @param {Event} event */
  function click(event) {
    event.stopPropagation();
    onExpand(button.getAttribute("aria-expanded") !== "true");
  }
  return button;
}

/** @param {HTMLButtonElement} button @param {Column} column @param {boolean} isExpanded */
export function showExpander(button, { layer, more }, isExpanded) {
  if (!more) return;
  const name = isExpanded
    ? t("Show fewer units")
    : t("Show {count} more units of layer {layer}", { count: more.count, layer });
  setAttribute(button, "aria-label", name);
  setAttribute(button, "aria-expanded", String(isExpanded));
  setText(button, isExpanded ? "−" : `+${more.count}`);
  putAt(button, more);
}

/** @param {HTMLElement} element @param {{left: number, top: number, size: number}} place */
function putAt(element, { left, top, size }) {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  element.style.width = element.style.height = `${size}px`;
}
