// A line chart on its canvas, whose values are read by pointer or by arrow keys. What its lines mean is its owner's business.

import { latestPerFrame } from "../../core/pacing.js";
import { nearestIndex } from "../../core/series.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { chartGeometry, drawLineChart } from "../../draw/line-chart.js";
import { h, listen } from "../dom.js";
import { lazy } from "../lazy.js";
import { watchSize } from "../size.js";

/** @typedef {import("../../draw/line-chart.js").Chart} Chart */

/** On paper a chart is drawn in this size, in CSS pixels, whatever the window was and though it may not have shown it. */
const ON_PAPER = { widthCss: 640, heightCss: 150 };
const PAPER_RATIO = 3; // dots per CSS pixel

/**
 * @param {HTMLElement} element
 * @param {{onRead: (index: number) => void}} options told at each drawing which values are read: their index, -1 for none
 */
export function createChart(element, { onRead }) {
  const canvas = h("canvas", { class: "chart-canvas", tabindex: 0, role: "img" });
  const place = h("div", { class: "chart-place" }, canvas);
  element.append(place);
  /** @type {Chart|null} */
  let chart = null;
  let isOnPaper = false;
  const size = watchSize(place, () => draw());
  const draw = () => {
    if (!chart) return;
    const { widthCss, heightCss } = isOnPaper ? ON_PAPER : size();
    const index = Math.min(reader.at(), chart.x.length - 1);
    fitCanvas(canvas, widthCss, heightCss, isOnPaper ? PAPER_RATIO : undefined);
    const context = contextOf(canvas);
    const geometry = drawLineChart(context, chart, { widthCss, heightCss });
    const { marks = [], now = Infinity } = chart;
    if (index >= 0 || marks.length || now < geometry.xRange[1]) overlay.want();
    overlay.now()?.drawOverlay(context, chart, geometry, index);
    onRead(index);
  };
  const overlay = lazy(() => import("../../draw/chart-overlay.js"), draw);
  const drawFor = (/** @type {boolean} */ paper) => {
    isOnPaper = paper;
    draw();
  };
  const endPrints = listen(window, { beforeprint: () => drawFor(true), afterprint: () => drawFor(false) });
  const reader = createReader(canvas, { onRead: latestPerFrame(draw), shown: () => chart && { chart, size: size() } });

  return {
    /** @param {Chart} newChart */
    show(newChart) {
      chart = newChart;
      draw();
    },
    /** @param {string} text the chart in words */
    describe: (text) => canvas.setAttribute("aria-label", text),
    destroy() {
      endPrints();
      size.destroy();
      place.remove();
    },
  };
}

/** @type {Record<string, number>} */
const WAYS = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * Which values the pointer or the arrow keys read.
 * @param {HTMLElement} canvas
 * @param {{onRead: (index: undefined) => void, shown: () => {chart: Chart, size: {widthCss: number, heightCss: number}}|null}} options
 */
function createReader(canvas, { onRead, shown }) {
  let read = -1;
  const readAt = (/** @type {number} */ index) => {
    read = index;
    onRead(undefined);
  };
  const leave = () => readAt(-1);
  listen(canvas, {
    pointermove({ clientX }) {
      const now = shown();
      if (!now) return;
      const { x } = chartGeometry(now.chart, now.size);
      readAt(nearestIndex(now.chart.x, x.toValue(clientX - canvas.getBoundingClientRect().left)));
    },
    pointerleave: leave,
    blur: leave,
    keydown(event) {
      const now = shown();
      if (!WAYS[event.key] || !now) return;
      const last = now.chart.x.length - 1;
      readAt(Math.min(last, Math.max(0, (read < 0 ? last : read) + WAYS[event.key])));
      event.preventDefault();
    },
  });
  return { /** The index of the values, -1 for none. */ at: () => read };
}
