// Draws the network diagram: links as curves, units as their maps, biases as small marks. Knows the layout, not the network.
// Positive is one colour, filled and solid; negative the other, hollow and dashed.

import { curveOf, touches } from "../core/diagram-links.js";

/** @typedef {import("../core/diagram-links.js").Link} Link */
/** @typedef {import("../core/diagram-layout.js").Tile} Tile */
/** @typedef {{positive: string, negative: string, paper: string, line: string, ink: string}} DiagramColours */

const THINNEST_CSS = 0.6;
const THICKEST_CSS = 5;
/** A dash and a gap; both grow with the line, so that a thick line stays as clearly dashed as a thin one. */
const DASH_CSS = 4;

/** Opacity of a link that is looked at, of others meanwhile, and of all when none is. */
const SHOWN = 0.95;
const BESIDE = 0.13;
const FAINTEST = 0.3;

/** A bias's mark hangs at the tile's lower left corner. */
const BIAS_LEAST_CSS = 1.5;
const BIAS_MOST_CSS = 4;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Link[]} links
 * @param {{focus: Tile|null, link: Link|null, colours: DiagramColours}} look focus: the unit, link: the link under the hand
 */
export function drawLinks(context, links, { focus, link: hovered, colours }) {
  context.save();
  for (const link of links) {
    const isHovered = hovered !== null && isSame(link, hovered);
    context.globalAlpha = isHovered
      ? 1
      : focus
        ? touches(link, focus)
          ? SHOWN
          : BESIDE
        : FAINTEST + (SHOWN - FAINTEST) * link.share;
    context.lineWidth = THINNEST_CSS + (THICKEST_CSS - THINNEST_CSS) * link.share + (isHovered ? 2 : 0);
    context.strokeStyle = link.weight < 0 ? colours.negative : colours.positive;
    context.setLineDash(link.weight < 0 ? [DASH_CSS + context.lineWidth, DASH_CSS] : []);
    const [x0, y0, ...curve] = curveOf(link);
    context.beginPath();
    context.moveTo(x0, y0);
    context.bezierCurveTo(.../** @type {[number, number, number, number, number, number]} */ (curve));
    context.stroke();
  }
  context.restore();
}

/** @param {Link} a @param {Link} b */
export function isSame(a, b) {
  return a.layer === b.layer && a.row === b.row && a.column === b.column;
}

/** Where a unit's bias is marked. @param {Tile} tile */
export function biasPlace({ left, top, size }) {
  return { x: left + 1, y: top + size - 1 };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Tile} tile
 * @param {{bias: number, share: number}} bias share: of the largest |bias| in the layer
 * @param {DiagramColours} colours
 */
export function drawBias(context, tile, { bias, share }, colours) {
  const { x, y } = biasPlace(tile);
  const colour = bias < 0 ? colours.negative : colours.positive;
  context.beginPath();
  context.arc(x, y, BIAS_LEAST_CSS + (BIAS_MOST_CSS - BIAS_LEAST_CSS) * share, 0, 2 * Math.PI);
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.stroke();
  context.fillStyle = bias < 0 ? colours.paper : colour;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colour;
  context.stroke();
}

/**
 * The small 1 and 2 of the units that the warped plane shows.
 * @param {CanvasRenderingContext2D} context
 * @param {Tile} tile
 * @param {string} text
 * @param {DiagramColours} colours
 */
export function drawBadge(context, { left, top, size }, text, colours) {
  const radius = Math.min(8, size * 0.3);
  context.save();
  context.beginPath();
  context.arc(left + size - 2, top + 2, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.ink;
  context.fill();
  context.fillStyle = colours.paper;
  context.font = `600 ${Math.round(radius * 1.4)}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, left + size - 2, top + 2.5);
  context.restore();
}

const CORNER_CSS = 4;

/**
 * A unit: its map with round corners.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, top: number, size: number}} tile
 * @param {(left: number, top: number, width: number) => void} drawMap
 * @param {{paper: string}} colours
 */
export function drawTile(context, { left, top, size }, drawMap, colours) {
  context.save();
  context.beginPath();
  context.roundRect(left, top, size, size, CORNER_CSS);
  context.fillStyle = colours.paper;
  context.fill();
  context.clip();
  drawMap(left, top, size);
  context.restore();
}
