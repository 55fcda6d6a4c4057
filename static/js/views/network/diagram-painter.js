// Paints the network diagram onto a canvas of its own: links, the units' maps, biases, and the maps of unused inputs faintly.

import { linksOf, visibleLinks } from "../../core/diagram-links.js";
import { piecesOf } from "../../core/layer-parts.js";
import { throttleNewest } from "../../core/pacing.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { drawBadge, drawBias, drawLinks, drawTile } from "../../draw/diagram.js";
import { createUnitAtlas } from "../../draw/unit-atlas.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {import("../../core/diagram-links.js").Link} Link */
/** @typedef {import("./network-diagram.js").DiagramState} DiagramState */

/** While nothing but weights changes, links are drawn anew so often. */
const LINKS_MS = 250;

/** How much of an unused input is seen. */
const UNUSED = 0.42;

/** @typedef {{looked: Tile|null, focus: Tile|null, link: Link|null, slots: import("./board.js").Slot[]}} Look focus: whose links are all drawn; looked: whose links stand out */
/** @typedef {{state: DiagramState, layout: Layout, look: Look}} Scene */

/** @param {HTMLElement} sheet */
export function createDiagramPainter(sheet) {
  const canvas = h("canvas", { class: "diagram-canvas", "aria-hidden": true });
  sheet.prepend(canvas);
  const atlas = createUnitAtlas();
  /** @type {Scene|null} */
  let scene = null;
  const paint = () => scene && paintScene(canvas, scene, links.picture, atlas);
  const links = createLinksPicture(paint);

  return {
    /** The links that are drawn. */
    links: links.all,
    /** @param {DiagramState} state @param {Layout} layout @param {Look} look */
    draw(state, layout, look) {
      scene = { state, layout, look };
      links.follow(scene);
      paint();
    },
    destroy: () => canvas.remove(),
  };
}

/**
 * The links on a canvas that nobody sees, from where they are copied: drawing them takes longer than all the rest, and while
 * training goes on their weights change little from frame to frame.
 * @param {() => void} onRenewed told when they have been drawn anew by themselves
 */
function createLinksPicture(onRenewed) {
  const picture = document.createElement("canvas");
  /** @type {Link[]} */
  let links = [];
  /** @type {Scene|null} */
  let scene = null;
  /** @type {unknown[]} what decides how they look, but for their weights */
  let drawn = [];
  const renew = () => {
    if (scene) links = paintLinks(picture, scene);
  };
  let isFollowing = false;
  const renewSoon = throttleNewest(() => {
    renew();
    if (!isFollowing) onRenewed();
  }, LINKS_MS);

  return {
    picture,
    all: () => links,
    /** @param {Scene} newScene */
    follow(newScene) {
      scene = newScene;
      const { layout, look, state } = scene;
      const wanted = [layout, look.looked, look.focus, look.link, state.colours, devicePixelRatio];
      const isSame = wanted.length === drawn.length && wanted.every((value, index) => value === drawn[index]);
      drawn = wanted;
      isFollowing = true;
      if (isSame) renewSoon(undefined);
      else renew();
      isFollowing = false;
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene */
function paintLinks(canvas, { state: { document, inside, colours }, layout, look: { looked, focus, link } }) {
  fitCanvas(canvas, layout.width, layout.height);
  const context = contextOf(canvas);
  context.clearRect(0, 0, layout.width, layout.height);
  const links = visibleLinks(linksOf(document.network, inside.weights, layout), focus);
  drawLinks(context, links, { focus: looked, link, colours });
  return links;
}

/** @param {HTMLCanvasElement} canvas @param {Scene} scene @param {HTMLCanvasElement} links @param {import("../../draw/unit-atlas.js").UnitAtlas} atlas */
function paintScene(canvas, { state, layout, look: { slots } }, links, atlas) {
  fitCanvas(canvas, layout.width, layout.height);
  const context = contextOf(canvas);
  context.clearRect(0, 0, layout.width, layout.height);
  context.drawImage(links, 0, 0, layout.width, layout.height);
  drawMaps(context, atlas, state, layout, slots);
  drawBiases(context, state, layout);
  const { axesInSight, colours } = state;
  for (const tile of layout.tiles) {
    const axis = axesInSight?.layer === tile.layer ? axesInSight.units.indexOf(tile.unit) : -1;
    if (axis >= 0) drawBadge(context, tile, String(axis + 1), colours);
  }
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
