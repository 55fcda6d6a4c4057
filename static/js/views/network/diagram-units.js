// The network diagram's units as buttons over its canvas: one stop for the Tab key, arrow keys walk from unit to unit. An input
// is a switch. Knows the layout, draws nothing.

import { keyOf, neighbour } from "../../core/diagram-layout.js";
import { inputSign } from "../../core/activations.js";
import { t } from "../../core/messages.js";
import { h, listen } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-layout.js").Spare} Spare */
/** @typedef {import("./board.js").Slot} Slot */
/**
 * @typedef {{nameOf: (tile: Tile) => string, spareName: (slot: number) => string, slots: Slot[], expanded: number|null}} Names
 */

/** @typedef {Map<string, {place: Tile|Spare, button: HTMLButtonElement}>} Units units and the places of unused inputs, by name */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} sheet
 * @param {{onLook: (tile: Tile|null) => void, onExpand: (layer: number|null) => void}} options
 */
export function createDiagramUnits(sheet, { onLook, onExpand }) {
  const stop = createTabStop(sheet);
  /** @type {Units} */
  let units = new Map();
  /** @type {HTMLElement[]} */
  let elements = [];
  const clear = () => elements.forEach((element) => element.remove());
  const follow = (/** @type {HTMLButtonElement} */ button, /** @type {Tile|Spare} */ place) => {
    followLooks(button, place, { onLook, onFocus: () => stop.moveTo(nameOfPlace(place)) });
    return /** @type {const} */ ([nameOfPlace(place), { place, button }]);
  };
  const expand = createExpander(sheet, onExpand);

  return {
    /** Put everything in its place anew. @param {Layout} layout @param {Names} names */
    build(layout, names) {
      const focused = focusIn(sheet);
      clear();
      units = new Map([
        ...layout.tiles.map((tile) => follow(createTile(tile, names), tile)),
        ...layout.spares.map((spare) => follow(createSpare(spare, names), spare)),
      ]);
      elements = [
        ...[...units.values()].map(({ button }) => button),
        ...layout.columns.flatMap((column) => createMore(column, column.layer === names.expanded, expand)),
      ];
      sheet.append(...elements);
      stop.use(units);
      const again = focused && /** @type {HTMLElement|null} */ (sheet.querySelector(focused) ?? stop.button());
      if (again) again.focus();
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
      stop.destroy();
      clear();
    },
  };
}

/** The one unit that the Tab key stops at; arrow keys walk on from it. @param {HTMLElement} sheet */
function createTabStop(sheet) {
  /** @type {Units} */
  let units = new Map();
  let current = "";

  /** @param {string} name */
  const moveTo = (name) => {
    units.get(current)?.button.setAttribute("tabindex", "-1");
    current = units.has(name) ? name : (units.keys().next().value ?? "");
    units.get(current)?.button.setAttribute("tabindex", "0");
  };

  /** @param {KeyboardEvent} event */
  const walk = (event) => {
    const from = units.get(current)?.place;
    const way = ARROWS[event.key];
    const isUnit = event.target instanceof HTMLElement && event.target.matches(".unit-tile");
    if (!way || !from || !isUnit) return;
    event.preventDefault();
    const places = [...units.values()].map(({ place }) => place);
    const next = neighbour(places, from, way);
    if (next) units.get(nameOfPlace(next))?.button.focus();
  };

  return {
    moveTo,
    button: () => units.get(current)?.button ?? null,
    /** These are the units now. @param {Units} newUnits */
    use(newUnits) {
      units = newUnits;
      moveTo(current);
    },
    destroy: listen(sheet, { keydown: walk }),
  };
}

/** Tell when a unit is looked at, by hand or by keyboard. @param {HTMLButtonElement} button @param {Tile|Spare} place @param {{onLook: (tile: Tile|null) => void, onFocus: () => void}} options */
function followLooks(button, place, { onLook, onFocus }) {
  const tile = "unit" in place ? place : null;
  listen(button, {
    pointerenter: ({ pointerType }) => pointerType !== "touch" && onLook(tile),
    pointerleave: () => onLook(null),
    blur: () => onLook(null),
    focus() {
      onFocus();
      if (button.matches(":focus-visible")) onLook(tile);
    },
  });
}

/** @param {HTMLElement} sheet @param {(layer: number|null) => void} onExpand */
function createExpander(sheet, onExpand) {
  /** The click is the button's alone: what lies there once the column has been built anew was not meant. @param {Event} event @param {number} layer @param {boolean} isExpanded */
  return (event, layer, isExpanded) => {
    event.stopPropagation();
    onExpand(isExpanded ? layer : null);
    const again = /** @type {HTMLElement|null} */ (sheet.querySelector(`.more-units[data-layer="${layer}"]`));
    again?.focus({ preventScroll: true });
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
