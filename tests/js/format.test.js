import assert from "node:assert/strict";
import test from "node:test";
import {
  formatCoordinate,
  formatCount,
  formatLoss,
  formatPercent,
  formatSetting,
} from "../../static/js/core/format.js";
import { mergePatch, patchAt, valueAt } from "../../static/js/core/merge-patch.js";
import { pointAt } from "../../static/js/core/hit-testing.js";
import { planeGeometry } from "../../static/js/core/plane-geometry.js";
import { aboutLabel } from "../../static/js/core/about-label.js";
import { withLabels } from "../../static/js/core/wording.js";
import { rangeInWords } from "../../static/js/views/help/help-content.js";

test("losses keep three significant digits, from tiny to huge, in seven signs at most", () => {
  assert.deepEqual([0.0012345, 0.00094651, 0.012345, 0.5, 12.345, 1234.5, 1e9, 1e-7, 0].map(formatLoss), [
    "0.00123",
    "0.00095",
    "0.0123",
    "0.500",
    "12.3",
    "1235",
    "1.0e+9",
    "1.0e-7",
    "0",
  ]);
});

test("a loss is written as its neighbours are, on either side of a thousand", () => {
  assert.deepEqual([99.96, 999.4, 999.5, 999.6, 1000].map(formatLoss), ["100", "999", "1000", "1000", "1000"]);
});

test("what is unknown is a dash, never NaN", () => {
  assert.deepEqual([formatLoss(null), formatPercent(undefined), formatCount(null)], ["–", "–", "–"]);
});

test("counts, shares, settings and coordinates", () => {
  assert.equal(formatCount(1234567), "1,234,567");
  assert.equal(formatPercent(0.9731), "97.3 %");
  assert.deepEqual([0.03, 1e-5, 50000, 0, 0.1 + 0.2].map(formatSetting), ["0.03", "1e-5", "50000", "0", "0.3"]);
  assert.equal(formatCoordinate(-1.5), "−1.50");
});

test("a merge patch replaces lists, merges objects and leaves the rest", () => {
  assert.deepEqual(mergePatch({ a: { b: 1, c: [1, 2] }, d: 4 }, { a: { c: [3] } }), { a: { b: 1, c: [3] }, d: 4 });
  assert.deepEqual(patchAt("training.l2", 0.1), { training: { l2: 0.1 } });
  assert.equal(valueAt({ training: { l2: 0.1 } }, "training.l2"), 0.1);
  assert.equal(valueAt({}, "training.l2"), undefined);
});

test("a press finds the nearest point within reach, the upper one of two", () => {
  const scales = planeGeometry(627, 621, { x_range: [-6, 6], y_range: [-6, 6] });
  const points = [
    { id: 1, x: 0, y: 0 },
    { id: 2, x: 0, y: 0 },
    { id: 3, x: 1, y: 0 },
  ];
  const near = (/** @type {number} */ x, reach = 10) =>
    pointAt(points, scales, scales.x.toPixel(x), scales.y.toPixel(0), reach)?.id;
  assert.deepEqual([near(0), near(0.9), near(3), near(0.45)], [2, 3, undefined, undefined]);
  assert.equal(near(0.45, 30), 2);
});

test("a field's range is told in words", () => {
  const field = { label: "", help: "", type: "number" };
  assert.equal(
    rangeInWords({ ...field, exclusive_minimum: 0, maximum: 30, default: 0.03 }),
    "Above 0 to 30. Default 0.03.",
  );
  assert.equal(rangeInWords({ ...field, minimum: 0, exclusive_maximum: 1 }), "From 0 to below 1.");
  assert.equal(rangeInWords(field), "");
  const batch = { ...field, type: "integer", minimum: 1, maximum: 2000, full: true, default: 10 };
  assert.equal(rangeInWords(batch), "Whole numbers from 1 to 2000. “full” takes all training points. Default 10.");
  const accuracy = { ...field, exclusive_minimum: 0, maximum: 1, percent: true, nullable: true };
  assert.equal(rangeInWords(accuracy), "Above 0 % to 100 %. “off” is possible too.");
});

test("an error is about the control with its label, not about a path", () => {
  const field = { label: "", help: "", type: "number" };
  const fields = {
    "network.hidden.units": { ...field, label: "Units" },
    "dataset.noise": { ...field, label: "Noise" },
    classes: { ...field, label: "Classes" },
  };
  const about = (/** @type {string} */ message) => aboutLabel(message, fields);
  assert.equal(about("network.hidden.0.units must be at most 128; got 500."), "Units must be at most 128; got 500.");
  assert.equal(about("noise must be at most 0.5; got 9."), "Noise must be at most 0.5; got 9.");
  assert.equal(about("classes must be 2 for the loss svm; got 3."), "Classes must be 2 for the loss svm; got 3.");
  assert.equal(about("if_match must be a revision."), "if_match must be a revision.");
  assert.equal(about("There is nothing to undo."), "There is nothing to undo.");
});

test("field names in a sentence become the labels on screen", () => {
  const field = { label: "", help: "", type: "number" };
  const fields = {
    "training.learning_rate": { ...field, label: "Learning rate" },
    "training.l2": { ...field, label: "L2 strength" },
    "training.momentum": { ...field, label: "Momentum" },
  };
  assert.equal(
    withLabels("learning_rate 30 times l2 10; lower learning_rate or momentum.", fields),
    "learning rate 30 times L2 strength 10; lower learning rate or momentum.",
  );
});
