import assert from "node:assert/strict";
import test from "node:test";
import { linearScale, roundTop, tickStep, ticks } from "../../static/js/core/scales.js";
import { MARGIN, chartGeometry, drawLineChart } from "../../static/js/draw/line-chart.js";
import {
  axisLabel,
  clamp,
  contains,
  labelRoom,
  planeGeometry,
  roundCoordinate,
} from "../../static/js/core/plane-geometry.js";

test("a linear scale maps ends to ends and back", () => {
  const scale = linearScale([-6, 6], [100, 0]);
  assert.equal(scale.toPixel(-6), 100);
  assert.equal(scale.toPixel(6), 0);
  assert.equal(scale.toValue(scale.toPixel(1.25)), 1.25);
});

test("tick steps are 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([tickStep(12, 6), tickStep(1, 4), tickStep(0.03, 4), tickStep(7000, 4)], [2, 0.5, 0.01, 2000]);
});

test("ticks lie inside the range and are free of binary dust", () => {
  assert.deepEqual(ticks([-6, 6], 6), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(ticks([0, 0.3], 3), [0, 0.1, 0.2, 0.3]);
  assert.deepEqual(ticks([0.15, 0.35], 2), [0.2, 0.3]);
});

test("a chart's top is a round value at or above its largest", () => {
  assert.deepEqual([roundTop(0.71), roundTop(1), roundTop(0), roundTop(37)], [0.8, 1, 1, 40]);
});

test("a chart begins at step 0 and skips unknown values", () => {
  const geometry = chartGeometry(
    { x: [10, 20], lines: [{ values: [null, 0.4], colour: "" }] },
    { widthCss: 200, heightCss: 100 },
  );
  assert.deepEqual(geometry.xRange, [0, 20]);
  assert.equal(geometry.yTicks.at(-1), 0.4);
  assert.equal(geometry.x.toPixel(20), geometry.right);
});

test("a logarithmic axis spans whole powers of ten and holds what lies below its end", () => {
  const geometry = chartGeometry(
    { x: [0, 1], lines: [{ values: [30, 0.02, 0], colour: "" }], logarithmic: true },
    { widthCss: 200, heightCss: 100 },
  );
  assert.deepEqual(geometry.yTicks, [0.01, 0.1, 1, 10, 100]);
  assert.equal(geometry.y.toPixel(0), geometry.bottom);
  assert.ok(Math.abs(geometry.y.toValue(geometry.y.toPixel(1)) - 1) < 1e-9);
});

test("a line that runs away is cut off at the chart's top", () => {
  /** @type {number[][]} */
  const clips = [];
  const canvas = { rect: (/** @type {number[]} */ ...clip) => clips.push(clip), measureText: () => ({ width: 10 }) };
  const context = /** @type {any} */ (
    new Proxy(canvas, { get: (target, name) => Reflect.get(target, name) ?? (() => {}) })
  );
  const colours = { muted: "", grid: "", ink: "", paper: "" };
  const lines = [{ values: [1, 1e9], colour: "", width: 2 }];
  const geometry = drawLineChart(context, { x: [0, 1], lines, colours }, { widthCss: 200, heightCss: 100 });
  assert.ok(geometry.y.toPixel(1e9) < 0);
  assert.deepEqual(
    clips.map(([, top, , height]) => [top, top + height]),
    [[MARGIN.top - 2, geometry.bottom + 1]],
  );
});

test("the plot is square and y points up", () => {
  const view = /** @type {import("../../static/js/core/types.js").View} */ ({ x_range: [-6, 6], y_range: [-3, 3] });
  const { plot, x, y } = planeGeometry(500, 480, view);
  assert.equal(plot.width, plot.height);
  assert.ok(y.toPixel(3) < y.toPixel(-3));
  assert.equal(x.toPixel(6) - x.toPixel(-6), plot.width);
  assert.ok(contains(plot, x.toPixel(0), y.toPixel(0)));
  assert.ok(!contains(plot, 2, 490), "below the square");
  const withLabels = planeGeometry(500, 480, view, labelRoom(view)).plot;
  assert.ok(!contains(withLabels, 2, 2), "among the labels");
});

test("coordinates are held inside the view and rounded finer than a pixel", () => {
  assert.equal(clamp(7, [-6, 6]), 6);
  assert.equal(roundCoordinate(1.23456789, [-6, 6]), 1.235);
  assert.equal(roundCoordinate(123456.789, [-1e6, 1e6]), 123457);
});

test("the longest number at the y axis has room beside the plot, its minus sign too, however far one zooms", () => {
  for (const half of [6, 1, 0.3, 0.01, 1e-3, 1e4]) {
    const view = /** @type {import("../../static/js/core/types.js").View} */ ({
      x_range: [-half, half],
      y_range: [-half, half],
    });
    const widest = Math.max(...ticks(view.y_range, 6).map((value) => axisLabel(value).length));
    assert.ok(labelRoom(view).left >= 7 + 6.2 * widest, `half ${half}`); // 6.2: a digit of 11 px
  }
  assert.equal(axisLabel(-0.25), "−0.25");
});
