// The network card: its head, the columns' heads and feet, and the sheet under them that the diagram is drawn on. Column heads
// follow the document at once; the diagram follows when a frame of the new network has come.

import { layoutOf } from "../../core/diagram-layout.js";
import { outputCount } from "../../core/architecture.js";
import { inputFits } from "../../core/task-rules.js";
import { createCardHead } from "./card-head.js";
import { createColumnFeet } from "./column-feet.js";
import { createColumnHeads } from "./column-heads.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Network} Network */
/** @typedef {{name: string, label: string, unit: number|null}} Slot an input's place; unit: null while it is not used */
/**
 * What the diagram is drawn on.
 * @typedef {{element: HTMLElement, sheet: HTMLElement, slotsOf: (document: LabDocument) => Slot[],
 *   layoutOf: (document: LabDocument) => import("../../core/diagram-layout.js").Layout, expanded: () => number|null,
 *   expand: (layer: number|null) => void, onResize: (listener: () => void) => void}} Board
 */
/**
 * @typedef {{card: HTMLElement, layerCount: HTMLElement, size: HTMLButtonElement, diagram: HTMLElement, sheet: HTMLElement,
 *   heads: HTMLElement, feet: HTMLElement}} Places
 */

/** A finger needs larger tiles than a mouse. */
const FINGER_TILE_CSS = 34;

/**
 * @param {Places} places
 * @param {{catalog: import("../../core/types.js").Catalog, openHealth: () => void, weightRule: import("./size-panel.js").WeightRule,
 *   changeNetwork: (change: (network: Network) => Partial<Network>) => void}} options
 */
export function createNetworkCard(places, options) {
  const head = createCardHead(places, options);
  const heads = createColumnHeads(places.heads, options);
  const feet = createColumnFeet(places.feet, { onPress: options.openHealth });
  /** @type {Parameters<typeof show>[0]|null} */
  let state = null;
  const board = createBoard(places, options.catalog, () => state && show(state));

  /** @param {{document: LabDocument, snapshot: import("../../core/types.js").Snapshot, canEdit: boolean}} newState */
  function show(newState) {
    state = newState;
    const { document, snapshot, canEdit } = state;
    const layout = board.layoutOf(document);
    places.sheet.style.width = `${layout.width}px`;
    places.sheet.style.height = `${layout.height}px`;
    head.show(document);
    heads.show(document, layout, canEdit);
    feet.show(snapshot.layers ?? [], document.network, layout);
  }

  return {
    board,
    show,
    destroy() {
      board.destroy();
      for (const part of [head, heads, feet]) part.destroy();
    },
  };
}

/**
 * @param {Places} places
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {() => void} redraw
 */
function createBoard({ diagram, sheet }, catalog, redraw) {
  const inputs = catalog.fields["network.inputs"].choices ?? [];
  const losses = catalog.fields["network.loss"].choices;
  const fingers = matchMedia("(pointer: coarse)");
  /** @type {number|null} */
  let expanded = null;
  /** @type {() => void} */
  let follower = () => {};
  const change = () => {
    redraw();
    follower();
    showEdges();
  };

  /** A wide diagram scrolls sideways: say on which side there is more. */
  const showEdges = () => {
    const right = diagram.scrollWidth - diagram.clientWidth - diagram.scrollLeft;
    diagram.classList.toggle("has-more-left", diagram.scrollLeft > 1);
    diagram.classList.toggle("has-more-right", right > 1);
  };
  let size = { widthCss: diagram.clientWidth, heightCss: diagram.clientHeight };
  const observer = new ResizeObserver(() => {
    size = { widthCss: diagram.clientWidth, heightCss: diagram.clientHeight };
    change();
  });
  observer.observe(diagram);
  /** @type {{wanted: unknown[], layout: import("../../core/diagram-layout.js").Layout}|null} */
  let last = null;
  diagram.addEventListener("scroll", showEdges, { passive: true });

  /** @param {LabDocument} document @returns {Slot[]} */
  const slotsOf = ({ task, network }) =>
    inputs
      .filter(({ name }) => inputFits(name, task) || network.inputs.includes(name))
      .map(({ name, label }) => ({ name, label, unit: unitOf(network.inputs, name) }));

  return {
    element: diagram,
    sheet,
    slotsOf,
    /** @param {LabDocument} document */
    layoutOf(document) {
      const wanted = [document.network, document.task, document.classes, size, expanded];
      if (last && wanted.every((value, index) => value === last?.wanted[index])) return last.layout;
      const counts = [...document.network.hidden.map(({ units }) => units), outputCount(document, losses)];
      if (expanded !== null && !(expanded in counts)) expanded = null;
      const inputs = slotsOf(document).map(({ unit }) => unit);
      const leastTileCss = fingers.matches ? FINGER_TILE_CSS : undefined;
      last = { wanted, layout: layoutOf({ inputs, counts }, { ...size, leastTileCss }, expanded) };
      return last.layout;
    },
    expanded: () => expanded,
    /** @param {number|null} layer the one that shows all of its units */
    expand(layer) {
      expanded = layer;
      change();
    },
    /** @param {() => void} listener */
    onResize(listener) {
      follower = listener;
    },
    destroy() {
      observer.disconnect();
      diagram.removeEventListener("scroll", showEdges);
    },
  };
}

/** @param {string[]} names @param {string} name */
function unitOf(names, name) {
  const unit = names.indexOf(name);
  return unit < 0 ? null : unit;
}
