import assert from "node:assert/strict";
import test from "node:test";

import { possibleSkips, skipName, withNewLayer, withoutLayer } from "../../static/js/core/skips.js";

test("links of a layer that goes go too, and others are renumbered", () => {
  assert.deepEqual(
    withoutLayer(
      [
        [0, 3],
        [1, 3],
        [0, 4],
      ],
      1,
    ),
    [
      [0, 2],
      [0, 3],
    ],
  ); // 1 -> 3 goes with layer 1
  assert.deepEqual(withoutLayer([[0, 2]], 1), []); // nothing is left to skip
});

test("a link to the scores still leads there when a layer comes", () => {
  assert.deepEqual(
    withNewLayer(
      [
        [0, 2],
        [0, 3],
      ],
      2,
    ),
    [
      [0, 2],
      [0, 4],
    ],
  );
});

test("every link over at least one layer is offered once", () => {
  assert.deepEqual(possibleSkips([], 2), [
    [0, 2],
    [0, 3],
    [1, 3],
  ]);
  assert.deepEqual(possibleSkips([[0, 3]], 2), [
    [0, 2],
    [1, 3],
  ]);
  assert.deepEqual(possibleSkips([], 0), []);
});

test("links are named by their layers", () => {
  assert.equal(skipName([0, 3], 2), "Inputs → Scores");
  assert.equal(skipName([1, 3], 3), "Hidden 1 → Hidden 3");
});
