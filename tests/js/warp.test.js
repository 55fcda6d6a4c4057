import assert from "node:assert/strict";
import test from "node:test";
import { areAlike, between, copyOf, decodePairs, decodeWarp } from "../../static/js/core/warp.js";
import { chooseUnit, validChoice } from "../../static/js/core/warp-axes.js";

/** @type {import("../../static/js/core/types.js").Warp} */
const WARP = {
  layer: 2,
  units: [0, 3],
  rows: 1,
  cols: 2,
  x_range: [-1, 1],
  y_range: [0, 10],
  grid: "AAAA////",
  points: "//AA",
};

test("two characters are a number over the range, x then y", () => {
  assert.deepEqual(
    [...decodePairs("AAAA////gAAA", { x_range: [-1, 1], y_range: [0, 10] })].map((value) => Number(value.toFixed(3))),
    [-1, 0, 1, 10, 0, 0],
  );
});

test("a picture glides from one frame to the next", () => {
  const from = decodeWarp(WARP);
  const to = decodeWarp({ ...WARP, x_range: [1, 3] });
  const shown = between(from, to, 0.5, copyOf(from));
  assert.deepEqual([...shown.grid], [0, 0, 2, 10]);
  assert.deepEqual([...from.grid], [-1, 0, 1, 10]);
});

test("only pictures of the same units and as many points are alike", () => {
  const picture = decodeWarp(WARP);
  assert.ok(areAlike(picture, decodeWarp(WARP)));
  assert.ok(!areAlike(null, picture));
  assert.ok(!areAlike(picture, decodeWarp({ ...WARP, units: [0, 1] })));
  assert.ok(!areAlike(picture, decodeWarp({ ...WARP, points: "" })));
});

test("a picture of a single place still has an extent", () => {
  const { box } = decodeWarp({ ...WARP, x_range: [2, 2] });
  assert.ok(box[1] > box[0]);
});

test("the last two clicked units of one layer are the axes", () => {
  const first = chooseUnit(null, 1, 4, 6);
  assert.deepEqual(first, { layer: 1, units: [5, 4] });
  const second = chooseUnit(first, 1, 2, 6);
  assert.deepEqual(second.units, [4, 2]);
  assert.equal(chooseUnit(second, 1, 2, 6), second);
  assert.deepEqual(chooseUnit(second, 2, 1, 2), { layer: 2, units: [0, 1] });
});

test("a choice that the network no longer has gives way to the last layer with two units", () => {
  assert.deepEqual(validChoice({ layer: 1, units: [0, 5] }, [6, 2, 2]), { layer: 1, units: [0, 5] });
  assert.deepEqual(validChoice({ layer: 1, units: [0, 5] }, [4, 2, 2]), { layer: 2, units: [0, 1] });
  assert.deepEqual(validChoice(null, [1, 2]), { layer: 2, units: [0, 1] });
  assert.equal(validChoice(null, [1, 1]), null);
});
