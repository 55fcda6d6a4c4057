// The network diagram's units as buttons over its canvas, with headings over the columns: one stop for the Tab key, arrow
// keys walk from unit to unit. Knows the layout, draws nothing.

import { HEAD_CSS, keyOf, neighbour } from "../../core/diagram-layout.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @param {HTMLElement} element @param {{left: number, top: number, width?: number}} place */
function putAt(element, { left, top, width }) {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  if (width !== undefined) element.style.width = `${width}px`;
}

/**
 * @param {HTMLElement} sheet
 * @param {{onLook: (tile: Tile|null) => void, onExpand: (layer: number, isExpanded: boolean) => void,
 *   onHead: (layer: number, head: HTMLElement) => void}} options
 */
export function createDiagramUnits(sheet, { onLook, onExpand, onHead }) {
  /** @type {Map<string, {tile: Tile, button: HTMLButtonElement}>} */
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

  /** @param {Tile} tile @param {string} name */
  const createButton = (tile, name) => {
    const button = h("button", {
      type: "button",
      class: "unit-tile",
      tabindex: -1,
      "aria-label": name,
      "data-unit": keyOf(tile.layer, tile.unit),
      on: {
        pointerenter: (event) => event.pointerType !== "touch" && onLook(tile),
        pointerleave: () => onLook(null),
        focus: () => {
          makeCurrent(keyOf(tile.layer, tile.unit));
          if (button.matches(":focus-visible")) onLook(tile);
        },
        blur: () => onLook(null),
      },
    });
    putAt(button, tile);
    return button;
  };

  /** The click is the button's alone: what lies there once the column has been built anew was not meant. @param {Event} event @param {number} layer @param {boolean} isExpanded */
  const expand = (event, layer, isExpanded) => {
    event.stopPropagation();
    onExpand(layer, isExpanded);
    /** @type {HTMLElement|null} */ (sheet.querySelector(`.more-units[data-layer="${layer}"]`))?.focus({
      preventScroll: true,
    });
  };

  /** @param {import("../../core/diagram-layout.js").Column} column @param {boolean} isExpanded */
  const createMore = ({ layer, more }, isExpanded) => {
    if (!more) return [];
    const label = isExpanded ? t("fewer") : `+${more.count}`;
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
      label,
    );
    putAt(button, more);
    return [button];
  };

  /** @param {import("../../core/diagram-layout.js").Column} column @param {[string, string]} heading @param {boolean} canChange */
  const createHeading = ({ layer, left, width }, [name, detail], canChange) => {
    const words = [h("strong", {}, name), h("span", { class: "quiet" }, detail)];
    const element = canChange
      ? h(
          "button",
          {
            type: "button",
            class: "column-head",
            "aria-haspopup": "dialog",
            title: t("Change the layers here"),
            on: { click: () => onHead(layer, element) },
          },
          ...words,
        )
      : h("div", { class: "column-head" }, ...words);
    putAt(element, { left: left + width / 2, top: 0 });
    element.style.height = `${HEAD_CSS - 6}px`;
    return element;
  };

  sheet.addEventListener("keydown", (event) => {
    const from = units.get(current)?.tile;
    const way = ARROWS[event.key];
    if (!way || !from || !layout || !(event.target instanceof HTMLElement) || !event.target.dataset.unit) return;
    event.preventDefault();
    const next = neighbour(layout, from, way);
    if (next) units.get(keyOf(next.layer, next.unit))?.button.focus();
  });

  return {
    /**
     * Put everything in its place anew.
     * @param {Layout} newLayout
     * @param {{nameOf: (tile: Tile) => string, headingOf: (layer: number) => [string, string],
     *   canChange: (layer: number) => boolean, expanded: number|null}} names
     */
    build(newLayout, { nameOf, headingOf, canChange, expanded }) {
      const hadFocus =
        document.activeElement instanceof HTMLElement &&
        sheet.contains(document.activeElement) &&
        document.activeElement.dataset.unit !== undefined;
      layout = newLayout;
      for (const element of elements) element.remove();
      units = new Map(
        layout.tiles.map((tile) => [keyOf(tile.layer, tile.unit), { tile, button: createButton(tile, nameOf(tile)) }]),
      );
      elements = [
        ...layout.columns.map((column) => createHeading(column, headingOf(column.layer), canChange(column.layer))),
        ...[...units.values()].map(({ button }) => button),
        ...layout.columns.flatMap((column) => createMore(column, column.layer === expanded)),
      ];
      sheet.append(...elements);
      makeCurrent(current);
      if (hadFocus) units.get(current)?.button.focus();
    },
    /** @param {Tile|null} pinned */
    mark(pinned) {
      const key = pinned ? keyOf(pinned.layer, pinned.unit) : "";
      for (const [name, { button }] of units) button.setAttribute("aria-pressed", String(name === key));
    },
    /** @param {EventTarget|null} target @returns {Tile|null} */
    tileOf: (target) => (target instanceof HTMLElement && units.get(target.dataset.unit ?? "")?.tile) || null,
  };
}
