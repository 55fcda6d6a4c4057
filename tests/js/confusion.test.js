import assert from "node:assert/strict";
import test from "node:test";
import { countConfusion, shareRight } from "../../static/js/core/confusion.js";
import { documentWith, point } from "./documents.js";

/** Class 1 where x > 0. */
const WEIGHTS = [
  {
    weights: [
      [-1, 1],
      [0, 0],
    ],
    biases: [0, 0],
  },
];

test("counts stand by true class and predicted class, test points apart", () => {
  const points = [
    point(1, { x: 1, label: 1 }),
    point(2, { x: 1, label: 0 }),
    point(3, { x: -1, label: 0, held_out: true }),
  ];
  const count = countConfusion(documentWith({ points }), WEIGHTS);
  assert.ok(count.advance(1000));
  assert.deepEqual(count.counts, {
    training: [
      [0, 1],
      [0, 1],
    ],
    test: [
      [1, 0],
      [0, 0],
    ],
  });
});

test("counting goes on where its time ran out", () => {
  const count = countConfusion(documentWith({ points: Array.from({ length: 5 }, (_, id) => point(id)) }), WEIGHTS);
  let clock = 0;
  const slices = Array.from({ length: 5 }, () => count.advance(1, () => clock++));
  assert.deepEqual(slices, [false, false, false, false, true]);
  assert.deepEqual(count.counts.training, [
    [5, 0],
    [0, 0],
  ]);
});

test("the share on the diagonal, none without points", () => {
  assert.equal(
    shareRight([
      [3, 1],
      [0, 4],
    ]),
    7 / 8,
  );
  assert.equal(
    shareRight([
      [0, 0],
      [0, 0],
    ]),
    null,
  );
});
