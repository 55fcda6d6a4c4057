// The network diagram's units as buttons over its canvas: one stop for the Tab key, arrow keys walk from unit to unit. An input
// is a switch. A unit that stays keeps its button, so that no press and no focus is lost. Knows the layout, draws nothing.

import { keyOf } from "../../core/diagram-layout.js";
import { h, listen } from "../dom.js";
import { createExpander, createUnitButton, showExpander, showUnitButton } from "./unit-buttons.js";
import { createTabStop } from "./unit-tab-stop.js";

/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-layout.js").Spare} Spare */
/** @typedef {import("./board.js").Slot} Slot */
/**
 * @typedef {{nameOf: (tile: Tile) => string, spareName: (slot: number) => string, slots: Slot[], expanded: number|null}} Names
 */
/** @typedef {{place: Tile|Spare, slot: number|null, button: HTMLButtonElement}} Unit slot: an input's, used or not */
/** @typedef {Map<string, Unit>} Units by name, in the order in which they are read */

/**
 * @param {HTMLElement} sheet
 * @param {{onLook: (tile: Tile|null) => void, onExpand: (layer: number|null) => void}} options
 */
export function createDiagramUnits(sheet, { onLook, onExpand }) {
  const box = h("div");
  sheet.append(box);
  const stop = createTabStop(sheet);
  /** @type {Units} */
  let units = new Map();
  let marked = { units, key: "" };
  const looks = { onLook, onFocus: stop.moveTo, placeOf: (/** @type {string} */ name) => units.get(name)?.place };
  const keepTiles = createKept((name) => followLooks(createUnitButton(), name, looks));
  const keepExpanders = createKept((layer) => createExpander((isWanted) => onExpand(isWanted ? Number(layer) : null)));

  return {
    /** Put everything in its place. @param {Layout} layout @param {Names} names */
    build(layout, names) {
      const hadFocus = box.contains(document.activeElement);
      units = unitsOf(layout, names, keepTiles);
      for (const { button, place, slot } of units.values()) showUnitButton(button, place, slot, names);
      const expanders = expandersOf(layout, names, keepExpanders);
      putInOrder(box, [...[...units.values()].map(({ button }) => button), ...expanders]);
      stop.use(units);
      if (hadFocus && !box.contains(document.activeElement)) stop.button()?.focus();
    },
    /** @param {Tile|null} pinned */
    mark(pinned) {
      const key = pinned ? keyOf(pinned.layer, pinned.unit) : "";
      if (marked.units === units && marked.key === key) return;
      marked = { units, key };
      for (const [name, { slot, button }] of units)
        if (slot === null) button.setAttribute("aria-pressed", String(name === key));
    },
    /** What stands under a target. @param {EventTarget|null} target @returns {Unit|null} */
    at: (target) => [...units.values()].find(({ button }) => button === target) ?? null,
    destroy() {
      stop.destroy();
      box.remove();
    },
  };
}

/**
 * Buttons by name: one that is wanted again is the one that was there, one that is wanted no more goes.
 * @param {(name: string) => HTMLButtonElement} make
 */
function createKept(make) {
  /** @type {Map<string, HTMLButtonElement>} */
  let buttons = new Map();
  return (/** @type {string[]} */ names) => {
    const before = buttons;
    buttons = new Map(names.map((name) => [name, before.get(name) ?? make(name)]));
    for (const [name, button] of before) if (!buttons.has(name)) button.remove();
    return buttons;
  };
}

/** @typedef {ReturnType<typeof createKept>} Keep */

/** All inputs as they stand, used or not, then the layers'. @param {Layout} layout @param {Names} names @param {Keep} keep @returns {Units} */
function unitsOf({ tiles, spares }, { slots }, keep) {
  const inputs = [...tiles.filter(({ layer }) => layer === 0), ...spares].map((place) => {
    const slot = "slot" in place ? place.slot : slots.findIndex(({ unit }) => unit === place.unit);
    return { name: `slot ${slot}`, place, slot };
  });
  const others = tiles
    .filter(({ layer }) => layer > 0)
    .map((place) => ({ name: keyOf(place.layer, place.unit), place, slot: null }));
  const all = [...inputs.sort((one, other) => one.slot - other.slot), ...others];
  const buttons = keep(all.map(({ name }) => name));
  return new Map(
    all.map(({ name, ...unit }) => [name, { ...unit, button: /** @type {HTMLButtonElement} */ (buttons.get(name)) }]),
  );
}

/** Of the columns that do not show all of their units, or only since they were asked to. @param {Layout} layout @param {Names} names @param {Keep} keep */
function expandersOf({ columns }, { expanded }, keep) {
  const long = columns.filter(({ more }) => more);
  const buttons = [...keep(long.map(({ layer }) => String(layer))).values()];
  long.forEach((column, index) => showExpander(buttons[index], column, column.layer === expanded));
  return buttons;
}

/** Move no more of them than needed: who is moved loses the press that is under way. @param {HTMLElement} box @param {HTMLElement[]} elements */
function putInOrder(box, elements) {
  /** @type {HTMLElement|null} */
  let next = null;
  for (const element of elements.toReversed()) {
    if (element.parentElement !== box || element.nextElementSibling !== next) box.insertBefore(element, next);
    next = element;
  }
}

/**
 * Tell when a unit is looked at, by hand or by keyboard. One that comes to lie under a hand at rest is not.
 * @param {HTMLButtonElement} button
 * @param {string} name
 * @param {{onLook: (tile: Tile|null) => void, onFocus: (name: string) => void, placeOf: (name: string) => Tile|Spare|undefined}} options
 */
function followLooks(button, name, { onLook, onFocus, placeOf }) {
  let isLookedAt = false;
  const look = () => {
    const place = placeOf(name);
    isLookedAt = true;
    onLook(place && "unit" in place ? place : null);
  };
  const leave = () => {
    isLookedAt = false;
    onLook(null);
  };
  listen(button, {
    pointermove: ({ pointerType }) => pointerType !== "touch" && !isLookedAt && look(),
    pointerleave: leave,
    blur: leave,
    focus() {
      onFocus(name);
      if (button.matches(":focus-visible")) look();
    },
  });
  return button;
}
