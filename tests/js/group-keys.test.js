import assert from "node:assert/strict";
import test from "node:test";
import { groupKeys } from "../../static/js/views/plane/group-keys.js";
import { documentWith, point } from "./documents.js";

/** @typedef {import("../../static/js/views/plane/plane-group.js").Known} Known */

const document = documentWith({ points: [point(1), point(2)] });

/** The Select tool with two points selected, as long as `now` says so. */
function withTwoSelected() {
  /** @type {{now: {group: number[]}|null, moves: number}} */
  const plane = { now: { group: [1, 2] }, moves: 0 };
  const known = () => /** @type {any} */ (plane.now && { state: { document, cursor: null, group: plane.now.group } });
  const group = { points: () => document.points, move: () => void plane.moves++ };
  const actions = /** @type {any} */ ({ onGroup() {}, onDeleteGroup() {} });
  const listeners = groupKeys(known, group, actions);
  /** Press a key. @param {string} key @returns {boolean} whether it went on to the keys of single points */
  const goesOn = (key) => {
    let isTaken = false;
    const event = { key, preventDefault() {}, stopImmediatePropagation: () => (isTaken = true) };
    listeners.keydown(/** @type {any} */ (event));
    return !isTaken;
  };
  return { plane, goesOn, blur: listeners.blur };
}

test("arrow keys move the group that Enter holds", () => {
  const { plane, goesOn } = withTwoSelected();
  assert.ok(goesOn("ArrowRight"));
  goesOn("Enter");
  assert.ok(!goesOn("ArrowRight"));
  assert.equal(plane.moves, 1);
});

test("a group that is deleted, by key or by hand, gives the arrow keys back", () => {
  for (const key of ["Delete", "Backspace", null]) {
    const { plane, goesOn } = withTwoSelected();
    goesOn("Enter");
    if (key) goesOn(key);
    else plane.now = { group: [] };
    assert.ok(goesOn("ArrowRight"), `after ${key ?? "the group is gone"}`);
    assert.equal(plane.moves, 0);
  }
});

test("who leaves the plane or the tool lets go of the group", () => {
  const left = withTwoSelected();
  left.goesOn("Enter");
  left.blur();
  assert.ok(left.goesOn("ArrowRight"));
  const other = withTwoSelected();
  other.goesOn("Enter");
  other.plane.now = null;
  other.goesOn("p");
  other.plane.now = { group: [1, 2] };
  assert.ok(other.goesOn("ArrowRight"));
});
