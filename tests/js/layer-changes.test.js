import assert from "node:assert/strict";
import test from "node:test";
import { withLayerAfter, withLayerChanged, withoutLayer } from "../../static/js/core/layer-changes.js";
import { layer } from "./documents.js";

const network = (/** @type {number[]} */ units, /** @type {number[][]} */ skips = []) =>
  /** @type {import("../../static/js/core/types.js").Network} */ (
    /** @type {unknown} */ ({ inputs: ["x", "y"], hidden: units.map((count) => layer(count)), skips })
  );

const unitsOf = (/** @type {{hidden: {units: number}[]}} */ { hidden }) => hidden.map(({ units }) => units);

test("a new layer is a copy of the one before it, the first one is the usual one", () => {
  assert.deepEqual(unitsOf(withLayerAfter(network([6, 2]), 2, layer(9))), [6, 2, 2]);
  assert.deepEqual(unitsOf(withLayerAfter(network([6, 2]), 1, layer(9))), [6, 6, 2]);
  assert.deepEqual(unitsOf(withLayerAfter(network([6, 2]), 0, layer(9))), [9, 6, 2]);
  assert.deepEqual(unitsOf(withLayerAfter(network([]), 0, layer(9))), [9]);
});

test("skip connections go on leading between the same layers", () => {
  assert.deepEqual(withLayerAfter(network([6, 2], [[0, 2], [0, 3], [1, 3]]), 1, layer(9)).skips, [[0, 3], [0, 4], [1, 4]]); // prettier-ignore
  assert.deepEqual(withoutLayer(network([6, 4, 2], [[0, 3], [1, 3], [0, 4]]), 0), { hidden: [layer(4), layer(2)], skips: [[0, 2], [0, 3]] }); // prettier-ignore
});

test("one layer changes and the others stay", () => {
  assert.deepEqual(unitsOf(withLayerChanged(network([6, 2]), 1, { units: 3 })), [6, 3]);
});
