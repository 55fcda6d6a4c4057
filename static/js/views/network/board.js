// The board that the diagram and its columns' heads and feet stand on: where everything lies in the room that there is, which
// column shows all of its units, and on which side there is more to scroll to.

import { outputCount } from "../../core/architecture.js";
import { layoutOf } from "../../core/diagram-layout.js";
import { isSlowMotion } from "../../core/pacing.js";
import { inputFits } from "../../core/task-rules.js";
import { listen } from "../dom.js";
import { watchSize } from "../size.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {{name: string, label: string, unit: number|null}} Slot an input's place; unit: null while it is not used */
/**
 * What the diagram is drawn on.
 * @typedef {{element: HTMLElement, sheet: HTMLElement, slotsOf: (document: LabDocument) => Slot[],
 *   outputsOf: (document: LabDocument) => number, layoutOf: (document: LabDocument) => Layout, expanded: () => number|null,
 *   expand: (layer: number|null) => void, onResize: (listener: () => void) => void}} Board
 */

/** A finger needs larger tiles than a mouse; many columns leave it the least that one can hit. */
const FINGER_TILE_CSS = { usual: 34, least: 24 };
const MANY_COLUMNS = 7;

/**
 * @param {{diagram: HTMLElement, sheet: HTMLElement}} places the sheet scrolls in the diagram
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {() => void} redraw
 * @returns {Board & {destroy: () => void}}
 */
export function createBoard({ diagram, sheet }, catalog, redraw) {
  const inputs = catalog.fields["network.inputs"].choices ?? [];
  const losses = catalog.fields["network.loss"].choices;
  const edges = followEdges(diagram);
  /** @type {() => void} */
  let follower = () => {};
  const change = () => {
    redraw();
    follower();
    edges.show();
  };
  const size = watchSize(diagram, change);

  const slotsOf = (/** @type {LabDocument} */ document) => slotsFor(inputs, document);
  const outputsOf = (/** @type {LabDocument} */ document) => outputCount(document, losses);
  const layouts = createLayouts({ slotsOf, outputsOf });

  return {
    element: diagram,
    sheet,
    slotsOf,
    outputsOf,
    layoutOf: (document) => layouts.of(document, size()),
    expanded: layouts.expanded,
    expand(layer) {
      layouts.expand(layer);
      change();
    },
    onResize(listener) {
      follower = listener;
    },
    destroy() {
      size.destroy();
      edges.destroy();
    },
  };
}

/** The places of inputs: those that fit the task, and those in use; in slow motion, which needs the room, these alone. @param {import("../../core/types.js").Choice[]} inputs @param {LabDocument} document @returns {Slot[]} */
function slotsFor(inputs, { task, network, pace }) {
  return inputs
    .filter(({ name }) => network.inputs.includes(name) || (inputFits(name, task) && !isSlowMotion(pace)))
    .map(({ name, label }) => ({ name, label, unit: unitOf(network.inputs, name) }));
}

/** @param {string[]} names @param {string} name */
function unitOf(names, name) {
  const unit = names.indexOf(name);
  return unit < 0 ? null : unit;
}

/** Where everything lies, worked out anew when something has changed that it depends on. @param {Pick<Board, "slotsOf"|"outputsOf">} known */
function createLayouts({ slotsOf, outputsOf }) {
  const fingers = matchMedia("(pointer: coarse)");
  /** @type {number|null} */
  let expanded = null;
  /** @type {{wanted: unknown[], layout: Layout}|null} */
  let last = null;
  return {
    expanded: () => expanded,
    /** @param {number|null} layer the one that shows all of its units */
    expand(layer) {
      expanded = layer;
    },
    /** @param {LabDocument} document @param {{widthCss: number, heightCss: number}} size */
    of(document, size) {
      const { network, task, classes, pace } = document;
      const wanted = [network, task, classes, isSlowMotion(pace), size, expanded];
      if (last && wanted.every((value, index) => value === last?.wanted[index])) return last.layout;
      const counts = [...document.network.hidden.map(({ units }) => units), outputsOf(document)];
      if (expanded !== null && !(expanded in counts)) expanded = null;
      const inputs = slotsOf(document).map(({ unit }) => unit);
      const finger = counts.length + 1 > MANY_COLUMNS ? FINGER_TILE_CSS.least : FINGER_TILE_CSS.usual;
      const leastTileCss = fingers.matches ? finger : undefined;
      last = { wanted, layout: layoutOf({ inputs, counts }, { ...size, leastTileCss }, expanded) };
      return last.layout;
    },
  };
}

/** A wide diagram scrolls sideways: classes say on which side there is more. @param {HTMLElement} diagram */
function followEdges(diagram) {
  const show = () => {
    const right = diagram.scrollWidth - diagram.clientWidth - diagram.scrollLeft;
    diagram.classList.toggle("has-more-left", diagram.scrollLeft > 1);
    diagram.classList.toggle("has-more-right", right > 1);
  };
  return { show, destroy: listen(diagram, { scroll: show }, { passive: true }) };
}
