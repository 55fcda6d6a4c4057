import assert from "node:assert/strict";
import test from "node:test";
import { planeGeometry } from "../../static/js/core/plane-geometry.js";
import { middleOf, pointUnder, strideOf, walked } from "../../static/js/core/plane-cursor.js";

const VIEW = /** @type {import("../../static/js/core/types.js").View} */ ({ x_range: [-6, 6], y_range: [-3, 3] });
const key = (/** @type {string} */ name, shiftKey = false) =>
  /** @type {KeyboardEvent} */ (/** @type {unknown} */ ({ key: name, shiftKey }));

test("an arrow key walks a sixtieth of the view, with Shift five times as far", () => {
  assert.deepEqual(strideOf(key("ArrowRight"), VIEW), { x: 12 / 60, y: 0 });
  assert.deepEqual(strideOf(key("ArrowDown", true), VIEW), { x: 0, y: (-5 * 6) / 60 });
  assert.equal(strideOf(key("Enter"), VIEW), null);
});

test("the cursor begins in the middle and never leaves the view", () => {
  assert.deepEqual(middleOf(VIEW), { x: 0, y: 0 });
  assert.deepEqual(walked({ x: 5.9, y: -2.9 }, { x: 1, y: -1 }, VIEW), { x: 6, y: -3 });
});

test("a point is meant from nearby only", () => {
  const geometry = planeGeometry(600, 300, VIEW);
  const points = [{ id: 1, x: 1, y: 1, label: 0, held_out: false, value: null }];
  const near = { x: geometry.x.toValue(geometry.x.toPixel(1) + 8), y: 1 };
  assert.equal(pointUnder(points, geometry, near, 10)?.id, 1);
  assert.equal(pointUnder(points, geometry, near, 5), null);
});
