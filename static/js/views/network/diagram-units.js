// The network diagram's units as buttons over its canvas: one stop for the Tab key, arrow keys walk from unit to unit. An input
// is a switch. Knows the layout, draws nothing.

import { keyOf, neighbour } from "../../core/diagram-layout.js";
import { inputSign } from "../../core/activations.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-layout.js").Spare} Spare */
/** @typedef {import("./network-card.js").Slot} Slot */
/**
 * @typedef {{nameOf: (tile: Tile) => string, spareName: (slot: number) => string, slots: Slot[], expanded: number|null}} Names
 */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} sheet
 * @param {{onLook: (tile: Tile|null) => void, onExpand: (layer: number|null) => void}} options
 */
export function createDiagramUnits(sheet, { onLook, onExpand }) {
  /** @type {Map<string, {place: Tile|Spare, button: HTMLButtonElement}>} units and the places of unused inputs */
  let units = new Map();
  /** @type {HTMLElement[]} */
  let elements = [];
  /** @type {Layout|null} */
  let layout = null;
  let current = "";

  /** @param {string} key */
  const makeCurrent = (key) => {
    units.get(current)?.button.setAttribute("tabindex", "-1");
    current = units.has(key) ? key : (units.keys().next().value ?? "");
    units.get(current)?.button.setAttribute("tabindex", "0");
  };

  /** @param {HTMLButtonElement} button @param {Tile|Spare} place */
  const follow = (button, place) => {
    const tile = "unit" in place ? place : null;
    button.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && onLook(tile));
    button.addEventListener("pointerleave", () => onLook(null));
    button.addEventListener("blur", () => onLook(null));
    button.addEventListener("focus", () => {
      makeCurrent(nameOfPlace(place));
      if (button.matches(":focus-visible")) onLook(tile);
    });
    return /** @type {const} */ ([nameOfPlace(place), { place, button }]);
  };

  /** @param {KeyboardEvent} event */
  const walk = (event) => {
    const from = units.get(current)?.place;
    const way = ARROWS[event.key];
    const isUnit = event.target instanceof HTMLElement && event.target.matches(".unit-tile");
    if (!way || !from || !layout || !isUnit) return;
    event.preventDefault();
    const next = neighbour(
      [...units.values()].map(({ place }) => place),
      from,
      way,
    );
    if (next) units.get(nameOfPlace(next))?.button.focus();
  };
  sheet.addEventListener("keydown", walk);

  /** The click is the button's alone: what lies there once the column has been built anew was not meant. @param {Event} event @param {number} layer @param {boolean} isExpanded */
  const expand = (event, layer, isExpanded) => {
    event.stopPropagation();
    onExpand(isExpanded ? layer : null);
    const again = /** @type {HTMLElement|null} */ (sheet.querySelector(`.more-units[data-layer="${layer}"]`));
    again?.focus({ preventScroll: true });
  };

  return {
    /** Put everything in its place anew. @param {Layout} newLayout @param {Names} names */
    build(newLayout, names) {
      const focused = focusIn(sheet);
      layout = newLayout;
      for (const element of elements) element.remove();
      units = new Map([
        ...layout.tiles.map((tile) => follow(createTile(tile, names), tile)),
        ...layout.spares.map((spare) => follow(createSpare(spare, names), spare)),
      ]);
      elements = [
        ...[...units.values()].map(({ button }) => button),
        ...layout.columns.flatMap((column) => createMore(column, column.layer === names.expanded, expand)),
      ];
      sheet.append(...elements);
      makeCurrent(current);
      if (focused)
        /** @type {HTMLElement|null} */ (sheet.querySelector(focused) ?? units.get(current)?.button)?.focus();
    },
    /** @param {Tile|null} pinned */
    mark(pinned) {
      const key = pinned ? keyOf(pinned.layer, pinned.unit) : "";
      for (const [name, { place, button }] of units)
        if ("layer" in place && place.layer > 0) button.setAttribute("aria-pressed", String(name === key));
    },
    /** What stands under a target: a unit, an input's place, or both. @param {EventTarget|null} target */
    at(target) {
      if (!(target instanceof HTMLElement)) return null;
      const { unit = "", slot = "" } = target.dataset;
      const place = units.get(unit)?.place;
      return unit || slot ? { tile: place && "unit" in place ? place : null, slot } : null;
    },
    destroy() {
      sheet.removeEventListener("keydown", walk);
      for (const element of elements) element.remove();
    },
  };
}

/** @param {Tile|Spare} place */
const nameOfPlace = (place) => ("unit" in place ? keyOf(place.layer, place.unit) : `slot ${place.slot}`);

/** What finds the focused unit again after the units have been built anew. @param {HTMLElement} sheet @returns {string} */
function focusIn(sheet) {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !sheet.contains(focused)) return "";
  const { unit, slot } = focused.dataset;
  if (slot) return `[data-slot="${slot}"]`;
  return unit ? `[data-unit="${unit}"]` : "";
}

/** @param {HTMLElement} element @param {{left: number, top: number, size: number}} place */
function putAt(element, { left, top, size }) {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  element.style.width = element.style.height = `${size}px`;
}

/** @param {Tile} tile @param {Names} names */
function createTile(tile, { nameOf, slots }) {
  const slot = tile.layer === 0 ? slots.findIndex(({ unit }) => unit === tile.unit) : -1;
  const isInput = slot >= 0;
  const button = h("button", {
    type: "button",
    class: isInput ? "unit-tile is-input" : "unit-tile",
    tabindex: -1,
    "aria-label": nameOf(tile),
    "aria-pressed": isInput ? "true" : "false",
    "data-unit": keyOf(tile.layer, tile.unit),
    "data-slot": isInput ? slot : null,
    "data-name": isInput ? inputSign(slots[slot].name) : null,
    title: isInput ? t("In use: click to leave it out") : null,
  });
  putAt(button, tile);
  return button;
}

/** @param {Spare} spare @param {Names} names */
function createSpare(spare, { spareName, slots }) {
  const button = h("button", {
    type: "button",
    class: "unit-tile is-input is-spare",
    tabindex: -1,
    "aria-label": spareName(spare.slot),
    "aria-pressed": "false",
    "data-slot": spare.slot,
    "data-name": inputSign(slots[spare.slot].name),
    title: t("Not in use: click to add it"),
  });
  putAt(button, spare);
  return button;
}

/**
 * @param {import("../../core/diagram-layout.js").Column} column
 * @param {boolean} isExpanded
 * @param {(event: Event, layer: number, isExpanded: boolean) => void} expand
 */
function createMore({ layer, more }, isExpanded, expand) {
  if (!more) return [];
  const name = isExpanded
    ? t("Show fewer units")
    : t("Show {count} more units of layer {layer}", { count: more.count, layer });
  const button = h(
    "button",
    {
      type: "button",
      class: "more-units",
      "aria-label": name,
      "aria-expanded": String(isExpanded),
      "data-layer": layer,
      on: { click: (event) => expand(event, layer, !isExpanded) },
    },
    isExpanded ? "−" : `+${more.count}`,
  );
  putAt(button, more);
  return [button];
}
