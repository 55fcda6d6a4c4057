import assert from "node:assert/strict";
import test from "node:test";

import { countOutside, moved, zoomed, zoomedAt } from "../../static/js/core/view-changes.js";
import { point } from "./documents.js";

/** @type {import("../../static/js/core/types.js").View} */
const VIEW = { x_range: [-6, 6], y_range: [0, 100] };

test("what is under the pointer stays there when the view gets closer or wider", () => {
  assert.deepEqual(zoomedAt(VIEW, { x: -6, y: 25 }, 0.5), { x_range: [-6, 0], y_range: [12.5, 62.5] });
  assert.deepEqual(zoomedAt(VIEW, { x: 0, y: 50 }, 2), { x_range: [-12, 12], y_range: [-50, 150] });
  assert.deepEqual(zoomed(VIEW, 1.5).x_range, [-9, 9]);
  const there = zoomed(zoomed(VIEW, 1.3), 1 / 1.3);
  assert.ok(Math.abs(there.x_range[0] + 6) < 0.01);
});

test("a view is moved by units of the plane, in round numbers", () => {
  assert.deepEqual(moved(VIEW, 1.00004, -20), { x_range: [-5, 7], y_range: [-20, 80] });
});

test("beyond what the server takes nothing changes", () => {
  /** @type {import("../../static/js/core/types.js").View} */
  const wide = { x_range: [-9e5, 9e5], y_range: [-1, 1] };
  assert.equal(zoomed(wide, 1.5), wide);
  assert.equal(moved(wide, 2e5, 0), wide);
  /** @type {import("../../static/js/core/types.js").View} */
  const narrow = { x_range: [0, 0.0012], y_range: [0, 0.0012] };
  assert.equal(zoomed(narrow, 0.5), narrow);
});

test("points at the edge are in the view, those beyond are counted", () => {
  const points = [point(1, { x: 6, y: 0 }), point(2, { x: 6.01, y: 50 }), point(3, { x: 0, y: -1 })];
  assert.equal(countOutside(points, VIEW), 2);
});
