// The one unit of the diagram that the Tab key stops at; arrow keys walk on from it.

import { neighbour } from "../../core/diagram-layout.js";
import { listen } from "../dom.js";

/** @typedef {import("./diagram-units.js").Units} Units */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLElement} sheet */
export function createTabStop(sheet) {
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
    const all = [...units.values()];
    const next = neighbour(
      all.map(({ place }) => place),
      from,
      way,
    );
    all.find(({ place }) => place === next)?.button.focus();
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
