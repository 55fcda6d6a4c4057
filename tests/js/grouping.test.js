import assert from "node:assert/strict";
import test from "node:test";

import { applyChange, joinChanges } from "../../static/js/core/changes.js";
import { idsBetween, movedBy, toggled } from "../../static/js/core/grouping.js";

const VIEW = /** @type {any} */ ({ x_range: [-6, 6], y_range: [-6, 6] });
const POINTS = [
  { id: 1, x: 0, y: 0, label: 0, held_out: false },
  { id: 2, x: 2, y: 1, label: 1, held_out: false },
  { id: 3, x: 5, y: 5, label: 0, held_out: false },
];

test("a frame holds what lies between its corners, whichever way it is drawn", () => {
  assert.deepEqual(idsBetween(POINTS, { x: -1, y: -1 }, { x: 3, y: 3 }), [1, 2]);
  assert.deepEqual(idsBetween(POINTS, { x: 3, y: -1 }, { x: -1, y: 3 }), [1, 2]);
  assert.deepEqual(idsBetween(POINTS, { x: 6, y: 6 }, { x: 5.5, y: 5.5 }), []);
});

test("a point joins the group and leaves it", () => {
  assert.deepEqual(toggled([1], 2), [1, 2]);
  assert.deepEqual(toggled([1, 2], 1), [2]);
});

test("a group keeps its shape and stays in the view", () => {
  const moved = movedBy(POINTS, { x: 9, y: -2 }, VIEW);
  assert.deepEqual(
    moved.map(({ fields }) => [fields.x, fields.y]),
    [
      [1, -2],
      [3, -1],
      [6, 3],
    ],
  );
  assert.deepEqual(movedBy([], { x: 1, y: 1 }, VIEW), []);
  const outside = [{ ...POINTS[0], x: 9 }]; // beyond the view already: it may come back, and goes no further
  assert.equal(movedBy(outside, { x: 1, y: 0 }, VIEW)[0].fields.x, 9);
  assert.equal(movedBy(outside, { x: -4, y: 0 }, VIEW)[0].fields.x, 5);
});

test("a change of a group is seen at once, and two of the same points are one", () => {
  const document = /** @type {any} */ ({ points: POINTS });
  const edit = (/** @type {number[]} */ ids, /** @type {object} */ fields) =>
    /** @type {any} */ ({ kind: "edit", edits: ids.map((id) => ({ id, fields })) });
  assert.deepEqual(
    applyChange(document, edit([1, 3], { label: 1 })).points.map(({ label }) => label),
    [1, 1, 1],
  );
  assert.deepEqual(applyChange(document, { kind: "remove", ids: [1, 2] }).points, [POINTS[2]]);
  assert.deepEqual(joinChanges(edit([1, 2], { x: 1 }), edit([1, 2], { x: 2 })), edit([1, 2], { x: 2 }));
  assert.equal(joinChanges(edit([1, 2], { x: 1 }), edit([1, 3], { x: 2 })), null);
});
