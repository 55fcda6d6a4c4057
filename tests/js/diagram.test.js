import assert from "node:assert/strict";
import test from "node:test";
import { MOST_ROWS, TILE_CSS, keyOf, layoutOf, neighbour } from "../../static/js/core/diagram-layout.js";
import {
  curveOf,
  fits,
  linkAt,
  linksOf,
  rowSources,
  unitCounts,
  visibleLinks,
} from "../../static/js/core/diagram-links.js";
import { documentWith, layer } from "./documents.js";

/** Weights of a plain network: weight = (row + 1) * (column % 2 ? -1 : 1). @param {number[]} sizes */
const weightsOf = (...sizes) =>
  sizes.slice(1).map((units, index) => ({
    weights: Array.from({ length: sizes[index] }, (_, row) =>
      Array.from({ length: units }, (_, column) => (row + 1) * (column % 2 ? -1 : 1)),
    ),
    biases: new Array(units).fill(0),
  }));

/** @param {...number} units */
const networkOf = (...units) => documentWith({ network: { hidden: units.map((count) => layer(count)) } }).network;

const overlaps = (/** @type {{left: number, top: number}} */ a, /** @type {{left: number, top: number}} */ b) =>
  Math.abs(a.left - b.left) < TILE_CSS && Math.abs(a.top - b.top) < TILE_CSS;

test("no two tiles overlap, expanded or not, and all lie inside", () => {
  for (const [counts, expanded] of /** @type {[number[], number|null][]} */ ([
    [[2, 6, 2], null],
    [[7, 128, 128, 8], null],
    [[2, 128, 20, 2], 1],
    [[2, ...new Array(8).fill(128), 8], 5],
  ])) {
    const { tiles, width, height } = layoutOf(counts, 600, expanded);
    for (const a of tiles) {
      assert.ok(a.left >= 0 && a.left + TILE_CSS <= width && a.top + TILE_CSS <= height);
      for (const b of tiles) assert.ok(a === b || !overlaps(a, b));
    }
  }
});

test("a long layer shows some units and a button for the rest, all of them when it is expanded", () => {
  const folded = layoutOf([2, 20, 2], 800);
  assert.equal(folded.tiles.filter(({ layer }) => layer === 1).length, MOST_ROWS - 1);
  assert.equal(folded.columns[1].more?.count, 20 - (MOST_ROWS - 1));
  assert.equal(layoutOf([2, 20, 2], 800, 1).tiles.filter(({ layer }) => layer === 1).length, 20);
  assert.equal(layoutOf([2, MOST_ROWS, 2], 800).columns[1].more, null);
});

test("the columns are spread over the width there is", () => {
  const { columns, width } = layoutOf([2, 4, 2], 500);
  assert.equal(width, 500);
  assert.ok(Math.abs(columns[0].left - (width - columns[2].left - TILE_CSS)) < 1e-9);
});

test("arrow keys lead to the next tile in their direction", () => {
  const layout = layoutOf([2, 3, 2], 500);
  const from = /** @type {import("../../static/js/core/diagram-layout.js").Tile} */ (layout.at.get(keyOf(1, 1)));
  const next = (/** @type {[number, number]} */ way) => neighbour(layout, from, way);
  assert.deepEqual([next([0, 1])?.unit, next([0, -1])?.unit, next([1, 0])?.layer, next([-1, 0])?.layer], [2, 0, 2, 0]);
  assert.equal(neighbour(layout, layout.tiles[0], [-1, 0]), null);
});

test("links name their place in the weight matrix and their share of the layer's largest", () => {
  const [network, weights] = [networkOf(3), weightsOf(2, 3, 2)];
  const links = linksOf(network, weights, layoutOf(unitCounts(network, weights), 500));
  assert.equal(links.length, 2 * 3 + 3 * 2);
  const link = links.find(({ layer, row, column }) => layer === 2 && row === 1 && column === 1);
  assert.deepEqual([link?.from.unit, link?.to.unit, link?.weight, link?.share], [1, 1, -2, 2 / 3]);
});

test("dense layers are thinned to their strongest links and those of the unit that is looked at", () => {
  const [network, weights] = [networkOf(8, 8), weightsOf(2, 8, 8, 2)];
  const layout = layoutOf(unitCounts(network, weights), 500);
  const links = linksOf(network, weights, layout);
  const weak = /** @type {import("../../static/js/core/diagram-layout.js").Tile} */ (layout.at.get(keyOf(1, 0)));
  const dense = (/** @type {import("../../static/js/core/diagram-links.js").Link[]} */ found) =>
    found.filter(({ layer }) => layer === 2);
  assert.ok(dense(visibleLinks(links, null)).length <= 56);
  assert.equal(dense(visibleLinks(links, weak)).filter(({ from }) => from === weak).length, 8);
});

test("the link under the pointer is the nearest one within reach", () => {
  const [network, weights] = [networkOf(), weightsOf(2, 2)];
  const links = linksOf(network, weights, layoutOf([2, 2], 400));
  const straight = /** @type {import("../../static/js/core/diagram-links.js").Link} */ (
    links.find(({ row, column }) => row === 0 && column === 0)
  );
  const [x0, y0, , , , , x1] = curveOf(straight);
  assert.equal(linkAt(links, x0 + 12, y0 - 2, 6), straight);
  assert.equal(linkAt(links, (x0 + x1) / 2, y0 - 40, 6), null);
});

test("with skip links the rows come from all layers that feed a layer", () => {
  const network = documentWith({ network: { hidden: [layer(2), layer(2)], skips: [[0, 2]] } }).network;
  assert.deepEqual(
    rowSources(network, 2, [2, 2, 2, 2]).map(({ layer, unit }) => `${layer}.${unit}`),
    ["0.0", "0.1", "1.0", "1.1"],
  );
});

test("weights of another shape than the document's do not fit", () => {
  assert.ok(fits(networkOf(3), weightsOf(2, 3, 2)));
  assert.ok(!fits(networkOf(4), weightsOf(2, 3, 2)));
  assert.ok(!fits(networkOf(3, 3), weightsOf(2, 3, 2)));
  assert.ok(!fits(documentWith({ network: { inputs: ["x"], hidden: [layer(3)] } }).network, weightsOf(2, 3, 2)));
  assert.ok(!fits(documentWith({ network: { hidden: [layer(3, "maxout")] } }).network, weightsOf(2, 3, 2)));
});
