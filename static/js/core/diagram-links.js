// The links of the network diagram: which weights there are between tiles, how strongly each is drawn, and which of them is
// under the pointer. Knows the layout and the weights of a frame; draws nothing.

import { keyOf } from "./diagram-layout.js";
import { activationOf, piecesOf, sourcesOf } from "./layer-parts.js";

/** @typedef {import("./diagram-layout.js").Layout} Layout */
/** @typedef {import("./diagram-layout.js").Tile} Tile */
/** @typedef {import("./types.js").Network} Network */
/** @typedef {import("./types.js").LayerWeights} LayerWeights */
/**
 * `row`, `column`, `piece` name the weight in the layer's matrix; `share` is |weight| against the largest of its layer.
 * @typedef {{from: Tile, to: Tile, layer: number, row: number, column: number, piece: number, weight: number,
 *   share: number}} Link
 */

/** More links than this between two columns are a hairball: then only the strongest are drawn, and those of one unit. */
const MOST_PER_LAYER = 56;

/** Units of layer 0 (the inputs) to L. @param {Network} network @param {LayerWeights[]} weights */
export function unitCounts({ inputs }, weights) {
  return [inputs.length, ...weights.map((layer) => piecesOf(layer)[0].biases.length)];
}

/**
 * Do the weights belong to this network? After a change of its shape the document is ahead of the frames for a moment.
 * @param {Network} network
 * @param {LayerWeights[]} weights
 */
export function fits(network, weights) {
  if (weights.length !== network.hidden.length + 1) return false;
  const counts = unitCounts(network, weights);
  return weights.every((layer, index) => {
    const isMaxout = Array.isArray(layer.biases[0]);
    const rows = sourcesOf(network, index + 1).reduce((sum, source) => sum + counts[source], 0);
    const units = network.hidden[index]?.units ?? counts[index + 1];
    return (
      counts[index + 1] === units &&
      piecesOf(layer)[0].weights.length === rows &&
      isMaxout === (activationOf(network, index + 1) === "maxout")
    );
  });
}

/**
 * Where the rows of a layer's matrix come from, in order.
 * @param {Network} network
 * @param {number} layer from 1
 * @param {number[]} counts from unitCounts
 */
export function rowSources(network, layer, counts) {
  return sourcesOf(network, layer).flatMap((source) =>
    Array.from({ length: counts[source] }, (_, unit) => ({ layer: source, unit })),
  );
}

/**
 * Links between tiles that are shown. Of a maxout unit's pieces the largest weight stands for all.
 * @param {Network} network
 * @param {LayerWeights[]} weights
 * @param {Layout} layout
 * @returns {Link[]}
 */
export function linksOf(network, weights, layout) {
  const counts = unitCounts(network, weights);
  return weights.flatMap((parameters, index) => {
    const sources = rowSources(network, index + 1, counts).map(({ layer, unit }) => layout.at.get(keyOf(layer, unit)));
    const pieces = piecesOf(parameters);
    /** @type {Link[]} */
    const links = [];
    for (let column = 0; column < counts[index + 1]; column++) {
      const to = layout.at.get(keyOf(index + 1, column));
      if (!to) continue;
      sources.forEach(
        (from, row) =>
          from && links.push({ from, to, layer: index + 1, row, column, share: 0, ...strongest(pieces, row, column) }),
      );
    }
    return withShares(links);
  });
}

/** @param {{weights: number[][]}[]} pieces @param {number} row @param {number} column */
function strongest(pieces, row, column) {
  let [piece, weight] = [0, pieces[0].weights[row][column]];
  for (let other = 1; other < pieces.length; other++) {
    const candidate = pieces[other].weights[row][column];
    if (Math.abs(candidate) > Math.abs(weight)) [piece, weight] = [other, candidate];
  }
  return { piece, weight };
}

/** @param {Link[]} links of one layer */
function withShares(links) {
  const most = links.reduce((largest, { weight }) => Math.max(largest, Math.abs(weight)), 0) || 1;
  for (const link of links) link.share = Math.abs(link.weight) / most;
  return links;
}

/**
 * The links to draw: all of a unit that the person looks at, and of the others as many as can be told apart.
 * @param {Link[]} links
 * @param {Tile|null} focus
 */
export function visibleLinks(links, focus) {
  /** @type {Map<number, Link[]>} */
  const layers = new Map();
  for (const link of links) {
    if (!layers.has(link.layer)) layers.set(link.layer, []);
    layers.get(link.layer)?.push(link);
  }
  return [...layers.values()].flatMap((layer) => {
    if (layer.length <= MOST_PER_LAYER) return layer;
    const least = layer.map(({ share }) => share).sort((a, b) => b - a)[MOST_PER_LAYER];
    return layer.filter((link) => link.share > least || touches(link, focus));
  });
}

/** @param {Link} link @param {Tile|null} tile */
export function touches({ from, to }, tile) {
  return tile !== null && [from, to].some((end) => end.layer === tile.layer && end.unit === tile.unit);
}

/**
 * The curve of a link: start, two control points, end.
 * @param {{from: Tile, to: Tile}} link
 */
export function curveOf({ from, to }) {
  const [x0, y0] = [from.left + from.size, from.top + from.size / 2];
  const [x1, y1] = [to.left, to.top + to.size / 2];
  const bend = (x1 - x0) * 0.45;
  return [x0, y0, x0 + bend, y0, x1 - bend, y1, x1, y1];
}

const PIECES = 20;

/**
 * The link whose curve passes nearest to a place, within `reach` CSS pixels.
 * @param {Link[]} links
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @returns {Link|null}
 */
export function linkAt(links, x, y, reach) {
  let best = null;
  let least = reach;
  for (const link of links) {
    if (x < link.from.left || x > link.to.left + link.to.size) continue;
    const distance = distanceTo(curveOf(link), x, y);
    if (distance < least) [best, least] = [link, distance];
  }
  return best;
}

/** @param {number[]} curve @param {number} x @param {number} y */
function distanceTo([x0, y0, ax, ay, bx, by, x1, y1], x, y) {
  let least = Infinity;
  let [lastX, lastY] = [x0, y0];
  for (let i = 1; i <= PIECES; i++) {
    const [t, s] = [i / PIECES, 1 - i / PIECES];
    const nextX = s ** 3 * x0 + 3 * s * s * t * ax + 3 * s * t * t * bx + t ** 3 * x1;
    const nextY = s ** 3 * y0 + 3 * s * s * t * ay + 3 * s * t * t * by + t ** 3 * y1;
    least = Math.min(least, distanceToSegment(lastX, lastY, nextX, nextY, x, y));
    [lastX, lastY] = [nextX, nextY];
  }
  return least;
}

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 @param {number} x @param {number} y */
function distanceToSegment(x0, y0, x1, y1, x, y) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x0 + along * dx - x, y0 + along * dy - y);
}
