// Paints the network diagram onto a canvas of its own: links, the units' maps, biases, and the maps of unused inputs faintly.

import { linksOf, visibleLinks } from "../../core/diagram-links.js";
import { piecesOf } from "../../core/layer-parts.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawBadge, drawBias, drawLinks, drawTile } from "../../draw/diagram.js";
import { createUnitAtlas } from "../../draw/unit-atlas.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {import("../../core/diagram-links.js").Link} Link */
/** @typedef {import("./network-diagram.js").DiagramState} DiagramState */

/** How much of an unused input is seen. */
const UNUSED = 0.42;

/** @param {HTMLElement} sheet */
export function createDiagramPainter(sheet) {
  const canvas = h("canvas", { class: "diagram-canvas", "aria-hidden": true });
  sheet.prepend(canvas);
  const atlas = createUnitAtlas();
  /** @type {Link[]} */
  let links = [];

  return {
    /** The links that are drawn. */
    links: () => links,
    /**
     * @param {DiagramState} state
     * @param {Layout} layout
     * @param {{looked: Tile|null, focus: Tile|null, link: Link|null, slots: import("./board.js").Slot[]}} look focus: whose
     *   links are all drawn; looked: whose links stand out
     */
    draw(state, layout, { looked, focus, link, slots }) {
      const { document, inside, colours, axes } = state;
      fitCanvas(canvas, layout.width, layout.height);
      const context = contextOf(canvas);
      context.clearRect(0, 0, layout.width, layout.height);
      links = visibleLinks(linksOf(document.network, inside.weights, layout), focus);
      drawLinks(context, links, { focus: looked, link, colours });
      drawMaps(context, atlas, state, layout, slots);
      drawBiases(context, state, layout);
      for (const tile of layout.tiles) {
        const axis = axes?.layer === tile.layer ? axes.units.indexOf(tile.unit) : -1;
        if (axis >= 0) drawBadge(context, tile, String(axis + 1), colours);
      }
    },
    destroy: () => canvas.remove(),
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("../../draw/unit-atlas.js").UnitAtlas} atlas
 * @param {DiagramState} state
 * @param {Layout} layout
 * @param {import("./board.js").Slot[]} slots
 */
function drawMaps(context, atlas, { document, inside, inputMaps, scale, colours }, { tiles, spares }, slots) {
  const ofTiles = tiles.map(({ layer, unit }) =>
    layer === 0 ? inputMaps[document.network.inputs[unit]] : inside.units.layers[layer - 1][unit],
  );
  const ofSpares = spares.map(({ slot }) => inputMaps[slots[slot].name]);
  atlas.paint([...ofTiles, ...ofSpares], inside.units.rows, scale);
  [...tiles, ...spares].forEach((place, index) => {
    context.globalAlpha = index < tiles.length ? 1 : UNUSED;
    drawTile(context, place, (left, top, width) => atlas.draw(context, index, left, top, width), colours);
  });
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {DiagramState} state @param {Layout} layout */
function drawBiases(context, { inside, colours }, { tiles }) {
  const biases = inside.weights.map(strongestBiases);
  for (const tile of tiles) if (tile.layer > 0) drawBias(context, tile, biases[tile.layer - 1][tile.unit], colours);
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
