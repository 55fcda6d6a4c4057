// A line chart on its canvas, whose values are read by pointer or by arrow keys. What its lines mean is its owner's business.

import { latestPerFrame } from "../../core/pacing.js";
import { nearestIndex } from "../../core/series.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { chartGeometry, drawLineChart } from "../../draw/line-chart.js";
import { h } from "../dom.js";
import { lazy } from "../lazy.js";

/** @typedef {import("../../draw/line-chart.js").Chart} Chart */

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
  let read = -1;
  const overlay = lazy(
    () => import("../../draw/chart-overlay.js"),
    () => draw(),
  );
  const size = () => ({ widthCss: canvas.clientWidth, heightCss: canvas.clientHeight });

  const draw = () => {
    if (!chart) return;
    const { widthCss, heightCss } = size();
    const index = Math.min(read, chart.x.length - 1);
    fitCanvas(canvas, widthCss, heightCss);
    const context = contextOf(canvas);
    const geometry = drawLineChart(context, chart, { widthCss, heightCss });
    const { marks = [], now = Infinity } = chart;
    if (index >= 0 || marks.length || now < geometry.xRange[1]) overlay.want();
    overlay.now()?.drawOverlay(context, chart, geometry, index);
    onRead(index);
  };
  const drawSoon = latestPerFrame(draw);

  /** @param {number} index */
  const readAt = (index) => {
    read = index;
    drawSoon(undefined);
  };

  canvas.addEventListener("pointermove", ({ clientX }) => {
    if (!chart) return;
    const { x } = chartGeometry(chart, size());
    readAt(nearestIndex(chart.x, x.toValue(clientX - canvas.getBoundingClientRect().left)));
  });
  for (const event of ["pointerleave", "blur"]) canvas.addEventListener(event, () => readAt(-1));
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !chart) return;
    const last = chart.x.length - 1;
    readAt(Math.min(last, Math.max(0, (read < 0 ? last : read) + way)));
    event.preventDefault();
  });
  const observer = new ResizeObserver(draw);
  observer.observe(place);

  return {
    /** @param {Chart} newChart */
    show(newChart) {
      chart = newChart;
      draw();
    },
    /** @param {string} text the chart in words */
    describe: (text) => canvas.setAttribute("aria-label", text),
    destroy() {
      observer.disconnect();
      place.remove();
    },
  };
}
