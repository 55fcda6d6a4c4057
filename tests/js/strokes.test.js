import assert from "node:assert/strict";
import test from "node:test";
import { placesAlong, pointsAlong } from "../../static/js/core/strokes.js";
import { point } from "./documents.js";

/** @typedef {import("../../static/js/core/strokes.js").Place} Place */

const SPACING = 18;
const ORIGIN = { x: 0, y: 0 };

/** @param {Place} a @param {Place} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** A stroke from event to event, as the Paint tool goes. @param {Place[]} way */
function painted([start, ...way]) {
  const places = [start];
  let from = start;
  for (const to of way) {
    places.push(...placesAlong(places[places.length - 1], from, to, SPACING));
    from = to;
  }
  return places;
}

/** @param {Place[]} places */
function assertEvenlySpaced(places) {
  places.slice(1).forEach((place, index) => assert.ok(Math.abs(distance(place, places[index]) - SPACING) < 1e-9));
}

test("one long move leaves a point every 18 px", () => {
  const places = painted([ORIGIN, { x: 600, y: 800 }]);
  assert.equal(places.length, 1 + Math.floor(1000 / SPACING));
  assertEvenlySpaced(places);
  assert.ok(places.every(({ x, y }) => Math.abs(y - (4 / 3) * x) < 1e-9));
});

test("it does not matter in how many events the pointer tells a straight way", () => {
  const many = Array.from({ length: 301 }, (_, index) => ({ x: index, y: 0 }));
  const once = painted([ORIGIN, { x: 300, y: 0 }]);
  const often = painted(many);
  assert.equal(often.length, once.length);
  often.forEach((place, index) => assert.ok(distance(place, once[index]) < 1e-9));
});

test("around corners and along curves points keep their distance from the one before and lie on the way", () => {
  const circle = Array.from({ length: 41 }, (_, index) => {
    const angle = (index / 40) * 2 * Math.PI;
    return { x: 100 * Math.cos(angle), y: 100 * Math.sin(angle) };
  });
  const places = painted(circle);
  assertEvenlySpaced(places);
  assert.ok(places.every((place) => Math.abs(distance(place, ORIGIN) - 100) < 1));
  assert.ok(Math.abs(places.length - (2 * Math.PI * 100) / SPACING) < 2);
});

test("a short move, there and back or none at all, leaves nothing", () => {
  assert.deepEqual(placesAlong(ORIGIN, ORIGIN, { x: 17.9, y: 0 }, SPACING), []);
  assert.deepEqual(placesAlong(ORIGIN, { x: 17, y: 0 }, { x: -17, y: 0 }, SPACING), []);
  assert.deepEqual(placesAlong(ORIGIN, { x: 5, y: 0 }, { x: 5, y: 0 }, SPACING), []);
});

const PIXELS = { x: { toPixel: (/** @type {number} */ x) => x }, y: { toPixel: (/** @type {number} */ y) => y } };
const SCALES = /** @type {any} */ (PIXELS);

/** @param {Place} from @param {Place} to @param {import("../../static/js/core/types.js").Point[]} points */
const passed = (from, to, points) => pointsAlong(points, SCALES, from, to, 10).map(({ id }) => id);

test("a stroke passes every point within reach of its way, ends included, and none beyond", () => {
  const points = [
    point(1, { x: 50, y: 10 }),
    point(2, { x: 50, y: 10.1 }),
    point(3, { x: -10, y: 0 }),
    point(4, { x: -8, y: -8 }),
    point(5, { x: 1009, y: 0 }),
    point(6, { x: 1011, y: 0 }),
  ];
  assert.deepEqual(passed(ORIGIN, { x: 1000, y: 0 }, points), [1, 3, 5]);
});

test("a stroke that does not move passes what is around its place", () => {
  assert.deepEqual(passed(ORIGIN, ORIGIN, [point(1, { x: 6, y: 8 }), point(2, { x: 7, y: 8 })]), [1]);
});
