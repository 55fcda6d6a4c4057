import assert from "node:assert/strict";
import test from "node:test";
import {
  FOOT_CSS,
  HEAD_CSS,
  HEADS_END_CSS,
  keyOf,
  layoutOf,
  neighbour,
  topOverTiles,
} from "../../static/js/core/diagram-layout.js";
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

/** @typedef {{left: number, top: number, size: number}} Place */
const overlaps = (/** @type {Place} */ a, /** @type {Place} */ b) =>
  Math.abs(a.left - b.left) < a.size && Math.abs(a.top - b.top) < a.size;

const SIZE = { widthCss: 500, heightCss: 400 };

/** All inputs in use. @param {number[]} counts the inputs first @param {{widthCss: number, heightCss: number}} [size] @param {number|null} [expanded] */
const laidOut = ([inputs, ...counts], size = SIZE, expanded = null) =>
  layoutOf({ inputs: Array.from({ length: inputs }, (_, unit) => unit), counts }, size, expanded);

test("no two tiles overlap, expanded or not, and all lie inside, between heads and feet", () => {
  for (const heightCss of [200, 300, 417, 900])
    for (const [counts, expanded] of /** @type {[number[], number|null][]} */ ([
      [[2, 6, 2], null],
      [[7, 128, 128, 8], null],
      [[2, 128, 20, 2], 1],
      [[2, ...new Array(8).fill(128), 8], 5],
    ])) {
      const { tiles, width, height } = laidOut(counts, { widthCss: 600, heightCss }, expanded);
      for (const a of tiles) {
        assert.ok(a.left >= 0 && a.left + a.size <= width);
        assert.ok(a.top >= HEAD_CSS && a.top + a.size <= height - FOOT_CSS + 1e-9);
        for (const b of tiles) assert.ok(a === b || !overlaps(a, b));
      }
    }
});

test("a figure over the tiles of a layer lies below its head, and hides none of them", () => {
  for (const heightCss of [200, 257, 300, 500, 900])
    for (const layer of [1, 2, 3]) {
      const layout = laidOut([2, 12, 8, 2], { widthCss: 600, heightCss });
      const top = topOverTiles(layout, layer, 16);
      const first = layout.at.get(keyOf(layer, 0))?.top ?? 0;
      assert.ok(top >= HEADS_END_CSS && top + 16 <= first + 2, `${heightCss}: ${top} and ${first}`);
      assert.ok(first < 110 || top + 16 < first);
    }
});

test("tiles grow with the height, from 20 to 40", () => {
  const sizeAt = (/** @type {number} */ heightCss) =>
    laidOut([2, 12, 8, 2], { widthCss: 600, heightCss }).tiles[0].size;
  assert.ok(sizeAt(300) >= 20 && sizeAt(300) < 24);
  assert.ok(sizeAt(300) < sizeAt(550) && sizeAt(550) < sizeAt(900));
  assert.equal(sizeAt(900), 40);
});

test("a long layer shows as many units as fit and a button for the rest, all of them when it is expanded", () => {
  const ofFirst = (/** @type {import("../../static/js/core/diagram-layout.js").Layout} */ { tiles }) =>
    tiles.filter(({ layer }) => layer === 1).length;
  const folded = laidOut([2, 20, 2]);
  assert.ok(ofFirst(folded) >= 7 && ofFirst(folded) < 20);
  assert.equal(folded.columns[1].more?.count, 20 - ofFirst(folded));
  assert.equal(ofFirst(laidOut([2, 20, 2], SIZE, 1)), 20);
  assert.equal(laidOut([2, 20, 2], { widthCss: 500, heightCss: 700 }).columns[1].more, null);
});

test("all inputs have a place, those not used as spares", () => {
  const layout = layoutOf({ inputs: [0, null, 1, null, null, null, null], counts: [4, 2] }, SIZE);
  assert.deepEqual(
    layout.spares.map(({ slot }) => slot),
    [1, 3, 4, 5, 6],
  );
  const tops = [...layout.spares, ...layout.tiles.filter(({ layer }) => layer === 0)].map(({ top }) => top);
  assert.equal(new Set(tops).size, 7);
  assert.ok((layout.at.get(keyOf(0, 1))?.top ?? 0) > layout.spares[0].top);
});

test("the columns are spread evenly, and many of them have short heads", () => {
  const { columns, width, isCompact } = laidOut([2, 4, 4, 2]);
  assert.equal(width, 500);
  const gaps = columns.slice(1).map(({ middle }, index) => middle - columns[index].middle);
  assert.ok(gaps.every((gap) => Math.abs(gap - gaps[0]) < 1e-9));
  assert.equal(isCompact, false);
  assert.equal(laidOut([2, 4, 4, 4, 4, 2], { widthCss: 900, heightCss: 400 }).isCompact, true);
  assert.equal(laidOut([2, 4, 4, 2], { widthCss: 340, heightCss: 400 }).isCompact, true);
});

test("arrow keys lead to the next tile in their direction", () => {
  const layout = laidOut([2, 3, 2]);
  const from = /** @type {import("../../static/js/core/diagram-layout.js").Tile} */ (layout.at.get(keyOf(1, 1)));
  const next = (/** @type {[number, number]} */ way) => neighbour(layout.tiles, from, way);
  assert.deepEqual([next([0, 1])?.unit, next([0, -1])?.unit, next([1, 0])?.layer, next([-1, 0])?.layer], [2, 0, 2, 0]);
  assert.equal(neighbour(layout.tiles, layout.tiles[0], [-1, 0]), null);
});

test("links name their place in the weight matrix and their share of the layer's largest", () => {
  const [network, weights] = [networkOf(3), weightsOf(2, 3, 2)];
  const links = linksOf(network, weights, laidOut(unitCounts(network, weights)));
  assert.equal(links.length, 2 * 3 + 3 * 2);
  const link = links.find(({ layer, row, column }) => layer === 2 && row === 1 && column === 1);
  assert.deepEqual([link?.from.unit, link?.to.unit, link?.weight, link?.share], [1, 1, -2, 2 / 3]);
});

test("dense layers are thinned to their strongest links and those of the unit that is looked at", () => {
  const [network, weights] = [networkOf(8, 8), weightsOf(2, 8, 8, 2)];
  const layout = laidOut(unitCounts(network, weights));
  const links = linksOf(network, weights, layout);
  const weak = /** @type {import("../../static/js/core/diagram-layout.js").Tile} */ (layout.at.get(keyOf(1, 0)));
  const dense = (/** @type {import("../../static/js/core/diagram-links.js").Link[]} */ found) =>
    found.filter(({ layer }) => layer === 2);
  assert.ok(dense(visibleLinks(links, null)).length <= 56);
  assert.equal(dense(visibleLinks(links, weak)).filter(({ from }) => from === weak).length, 8);
});

test("the link under the pointer is the nearest one within reach", () => {
  const [network, weights] = [networkOf(), weightsOf(2, 2)];
  const links = linksOf(network, weights, laidOut([2, 2]));
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
