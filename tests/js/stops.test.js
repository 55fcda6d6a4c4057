import assert from "node:assert/strict";
import test from "node:test";
import { nearestStop, sliderStops } from "../../static/js/core/stops.js";

const plain = { label: "", help: "", type: "number" };

test("a logarithmic slider has the same number of stops in each decade", () => {
  const stops = sliderStops({ ...plain, scale: "log", exclusive_minimum: 0, slider: [1e-4, 10] });
  assert.equal(stops.length, 51);
  assert.deepEqual([stops[0], stops[10], stops.at(-1)], [1e-4, 1e-3, 10]);
});

test("a logarithmic field that may be 0 has 0 as its left end", () => {
  assert.deepEqual(sliderStops({ ...plain, scale: "log", minimum: 0, slider: [0.1, 1] }).slice(0, 2), [0, 0.1]);
});

test("a nullable field has null, off, as its left end", () => {
  assert.deepEqual(sliderStops({ ...plain, nullable: true, slider: [0, 2], step: 1 }), [null, 0, 1, 2]);
});

test("whole numbers stay whole and are not repeated", () => {
  const stops = sliderStops({ ...plain, type: "integer", scale: "log", minimum: 1, slider: [1, 100] });
  assert.deepEqual(stops.slice(0, 6), [1, 2, 3, 4, 5, 6]);
  assert.equal(new Set(stops).size, stops.length);
});

test("a linear slider keeps its ends even where the step does not fit", () => {
  assert.deepEqual(sliderStops({ ...plain, slider: [0, 1], step: 0.3 }), [0, 0.3, 0.6, 0.9, 1]);
});

test("without a slider range the field's own limits are used", () => {
  assert.deepEqual(sliderStops({ ...plain, type: "integer", minimum: 2, maximum: 4 }), [2, 3, 4]);
});

test("the nearest stop is near in the sense of the scale", () => {
  assert.equal(nearestStop([0, 0.01, 0.1, 1], 0.04, "log"), 2);
  assert.equal(nearestStop([0, 0.01, 0.1, 1], 0.04), 1);
  assert.equal(nearestStop([0, 0.01, 0.1, 1], 0, "log"), 0);
  assert.equal(nearestStop([null, 1, 2], null), 0);
  assert.equal(nearestStop([1, 2], 99), 1);
});
