// The network as a picture: every unit with its own live map, links by weight, biases as small marks. Looking at a unit,
// choosing one and asking to change a weight or bias are handed to the callbacks.

import { keyOf, layoutOf } from "../../core/diagram-layout.js";
import { linkAt, linksOf, unitCounts, visibleLinks } from "../../core/diagram-links.js";
import { t } from "../../core/messages.js";
import { formatWeight } from "../../core/numbers.js";
import { latestPerFrame } from "../../core/pacing.js";
import { piecesOf } from "../../core/probe.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { biasPlace, drawBadge, drawBias, drawLinks, drawTile } from "../../draw/diagram.js";
import { createUnitAtlas } from "../../draw/unit-atlas.js";
import { createDiagramUnits } from "./diagram-units.js";
import { h, setText } from "../dom.js";
import { watchOnScreen } from "../on-screen.js";
import { layerHeading, unitName } from "./unit-names.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-links.js").Link} Link */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, inside: import("../../core/types.js").Inside,
 *   inputMaps: import("../../core/types.js").UnitMap[], scale: Uint32Array, colours: import("../../draw/diagram.js").DiagramColours,
 *   canEdit: boolean, pinned: {layer: number, unit: number}|null, axes: {layer: number, units: [number, number]}|null}} DiagramState
 */

/** How near to a link or a bias a press must be, in CSS pixels. */
const LINK_REACH_CSS = 7;
const BIAS_REACH_CSS = 9;

/**
 * @param {HTMLElement} element
 * @param {{onLook: (tile: Tile|null) => void, onPin: (tile: Tile) => void, onEditWeight: (link: Link) => void,
 *   onEditBias: (tile: Tile) => void, onLayer: (layer: number, head: HTMLElement) => void, activationLabel: (name: string) => string}} options
 */
export function createNetworkDiagram(element, { onLook, onPin, onEditWeight, onEditBias, onLayer, activationLabel }) {
  const canvas = h("canvas", { class: "diagram-canvas", "aria-hidden": true });
  const tip = h("span", { class: "link-tip", hidden: true });
  const sheet = h("div", { class: "diagram-sheet", role: "group", "aria-label": t("Network diagram") }, canvas, tip);
  element.append(sheet);
  const atlas = createUnitAtlas();
  /** @type {DiagramState|null} */
  let state = null;
  let layoutKey = "";
  let layout = layoutOf([1, 1], 100);
  /** @type {number|null} */
  let expanded = null;
  /** @type {Tile|null} */
  let looked = null;
  /** @type {Link|null} */
  let hovered = null;
  /** @type {Link[]} */
  let shownLinks = [];

  const units = createDiagramUnits(sheet, {
    onLook(tile) {
      looked = tile;
      onLook(tile);
      drawSoon(undefined);
    },
    onExpand(layer, isExpanded) {
      expanded = isExpanded ? layer : null;
      draw();
    },
    onHead: onLayer,
  });

  /** A wide diagram scrolls sideways: say on which side there is more. */
  const showEdges = () => {
    const right = layout.width - element.clientWidth - element.scrollLeft;
    element.classList.toggle("has-more-left", element.scrollLeft > 1);
    element.classList.toggle("has-more-right", right > 1);
  };
  element.addEventListener("scroll", showEdges, { passive: true });

  /** @param {DiagramState} now */
  const useLayout = ({ document, inside, canEdit }) => {
    const counts = unitCounts(document.network, inside.weights);
    if (expanded !== null && !(counts[expanded] > 1)) expanded = null;
    const key = JSON.stringify([
      counts,
      document.network.inputs,
      document.network.hidden.map(({ activation }) => activation),
      document.task,
      element.clientWidth,
      expanded,
      canEdit,
    ]);
    if (key === layoutKey) return;
    layoutKey = key;
    layout = layoutOf(counts, element.clientWidth, expanded);
    sheet.style.width = `${layout.width}px`;
    sheet.style.height = `${layout.height}px`;
    looked = hovered = null;
    showEdges();
    units.build(layout, {
      nameOf: ({ layer, unit }) => unitName(document, layer, unit, counts[counts.length - 1]),
      headingOf: (layer) => layerHeading(document, layer, counts[layer], activationLabel),
      canChange: (layer) => canEdit && layer < counts.length - 1,
      expanded,
    });
  };

  /** @param {{layer: number, unit: number}|null} place @returns {Tile|null} */
  const tileAt = (place) => (place && layout.at.get(keyOf(place.layer, place.unit))) ?? null;

  const draw = () => {
    if (!state || !element.clientWidth) return;
    useLayout(state);
    if (!isOnScreen()) return;
    const { document, inside, colours, pinned } = state;
    const focus = looked ?? tileAt(pinned);
    fitCanvas(canvas, layout.width, layout.height);
    const context = contextOf(canvas);
    context.clearRect(0, 0, layout.width, layout.height);
    shownLinks = visibleLinks(linksOf(document.network, inside.weights, layout), focus);
    drawLinks(context, shownLinks, { focus: looked, link: hovered, colours });
    drawUnits(context, state);
    units.mark(tileAt(pinned));
  };
  const drawSoon = latestPerFrame(draw);

  /** @param {CanvasRenderingContext2D} context @param {DiagramState} now */
  const drawUnits = (context, { inside, inputMaps, scale, colours, axes }) => {
    const mapOf = (/** @type {Tile} */ { layer, unit }) =>
      layer === 0 ? inputMaps[unit] : inside.units.layers[layer - 1][unit];
    atlas.paint(layout.tiles.map(mapOf), inside.units.rows, scale);
    const biases = inside.weights.map((layer) => strongestBiases(layer));
    layout.tiles.forEach((tile, index) => {
      drawTile(context, tile, (left, top, width) => atlas.draw(context, index, left, top, width), colours);
      if (tile.layer > 0) drawBias(context, tile, biases[tile.layer - 1][tile.unit], colours);
      const axis = axes?.layer === tile.layer ? axes.units.indexOf(tile.unit) : -1;
      if (axis >= 0) drawBadge(context, tile, String(axis + 1), colours);
    });
  };

  /** @param {MouseEvent} event */
  const position = ({ clientX, clientY }) => {
    const box = sheet.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  };

  /** @param {{x: number, y: number}} at */
  const biasAt = ({ x, y }) =>
    layout.tiles.find(
      (tile) => tile.layer > 0 && Math.hypot(biasPlace(tile).x - x, biasPlace(tile).y - y) <= BIAS_REACH_CSS,
    ) ?? null;

  sheet.addEventListener("click", (event) => {
    const tile = units.tileOf(event.target);
    const isByKey = event.detail === 0;
    const bias = isByKey ? null : biasAt(position(event));
    if (bias) return onEditBias(bias);
    if (tile) return onPin(tile);
    const link = isByKey ? null : linkAt(shownLinks, position(event).x, position(event).y, LINK_REACH_CSS);
    showTip(null, null); // its number is about to change
    if (link) onEditWeight(link);
  });

  const hover = latestPerFrame((/** @type {MouseEvent|null} */ event) => {
    const at = event && position(event);
    const isOverLink = at && event && !units.tileOf(event.target) && !biasAt(at);
    const link = isOverLink ? linkAt(shownLinks, at.x, at.y, LINK_REACH_CSS) : null;
    sheet.classList.toggle("is-over-link", Boolean(link || (at && biasAt(at))));
    showTip(link, at);
    if (link === hovered) return;
    hovered = link;
    draw();
  });

  /** @param {Link|null} link @param {{x: number, y: number}|null} at */
  const showTip = (link, at) => {
    tip.hidden = !link;
    if (!link || !at) return;
    setText(tip, `w = ${formatWeight(link.weight)}`);
    tip.style.left = `${at.x}px`;
    tip.style.top = `${at.y}px`;
  };

  sheet.addEventListener("pointermove", hover);
  sheet.addEventListener("pointerleave", () => hover(null));
  const isOnScreen = watchOnScreen(element, draw);
  new ResizeObserver(draw).observe(element);

  /** @type {Promise<ReturnType<typeof import("./diagram-flow.js").createDiagramFlow>>|null} fetched with the first update in slow motion */
  let flow = null;
  const loadFlow = async () => {
    const { createDiagramFlow } = await import("./diagram-flow.js");
    return createDiagramFlow(sheet, () => ({
      layout,
      links: shownLinks,
      colours: /** @type {DiagramState} */ (state).colours,
    }));
  };

  return {
    /** @param {DiagramState} newState */
    show(newState) {
      state = newState;
      draw();
    },
    /** Let an update flow through the network, in slow motion. @param {import("../../core/phases.js").Walk|null} walk */
    async showWalk(walk) {
      if (walk || flow) (await (flow ??= loadFlow())).show(walk);
    },
    /** Show a unit that its column may hide. @param {number} layer */
    expand(layer) {
      expanded = layer;
      draw();
    },
  };
}

/**
 * Each unit's bias, of maxout's pieces the largest one, and its share of the layer's largest.
 * @param {import("../../core/types.js").LayerWeights} layer
 */
function strongestBiases(layer) {
  const pieces = piecesOf(layer);
  const biases = pieces[0].biases.map((_, unit) =>
    pieces.reduce((best, piece) => (Math.abs(piece.biases[unit]) > Math.abs(best) ? piece.biases[unit] : best), 0),
  );
  const most = Math.max(...biases.map(Math.abs)) || 1;
  return biases.map((bias) => ({ bias, share: Math.abs(bias) / most }));
}
