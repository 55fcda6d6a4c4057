// Two losses in one chart: A's line is solid, B's dashed; values where one hovers or walks with the arrow keys.

import { overOneAxis } from "../core/comparison.js";
import { formatCount, formatLoss } from "../core/format.js";
import { t } from "../core/messages.js";
import { latestPerFrame } from "../core/pacing.js";
import { contextOf, fitCanvas } from "../draw/canvas.js";
import { chartGeometry, drawLineChart } from "../draw/line-chart.js";
import { h, setText } from "./dom.js";

/** @typedef {import("../core/series.js").Series} Series */
/** @typedef {import("./theme.js").Colours} Colours */

/** @param {HTMLElement} element */
export function createPairChart(element) {
  const canvas = h("canvas", { class: "chart-canvas", tabindex: 0, role: "img" });
  const values = { a: h("span", { class: "legend-value" }), b: h("span", { class: "legend-value" }) };
  const at = h("span", { class: "quiet axis-title" });
  const entry = (/** @type {"a"|"b"} */ side) =>
    h("span", { class: "legend-entry" }, h("span", { class: `key ${side}`, "aria-hidden": true }), `${side.toUpperCase()} `, values[side]);
  const place = h("div", { class: "chart-place" }, canvas);
  element.append(h("div", { class: "legend" }, entry("a"), entry("b"), at), place);
  /** @type {{a: Series, b: Series, colours: Colours}|null} */
  let state = null;
  let data = /** @type {ReturnType<typeof overOneAxis>} */ ({ steps: [], a: [], b: [] });
  let hover = -1;

  const lines = () => [
    { values: data.a, colour: state?.colours.ink ?? "", width: 1.75 },
    { values: data.b, colour: state?.colours.test ?? "", width: 1.75, dash: [6, 3] },
  ];
  const size = () => ({ widthCss: canvas.clientWidth, heightCss: canvas.clientHeight });

  const draw = () => {
    if (!state) return;
    const { colours } = state;
    data = overOneAxis(state.a, state.b, "loss");
    const sizeCss = size();
    const shown = hover < 0 ? -1 : Math.min(hover, data.steps.length - 1);
    fitCanvas(canvas, sizeCss.widthCss, sizeCss.heightCss);
    drawLineChart(contextOf(canvas), { x: data.steps, lines: lines(), size: sizeCss, colours, hover: shown });
    showLegend(shown);
  };
  const drawSoon = latestPerFrame(draw);

  /** @param {number} shown */
  const showLegend = (shown) => {
    const newest = (/** @type {(number|null)[]} */ column) => column.findLast((value) => value !== null);
    const [a, b] = shown < 0 ? [newest(data.a), newest(data.b)] : [data.a[shown], data.b[shown]];
    setText(values.a, formatLoss(a));
    setText(values.b, formatLoss(b));
    setText(at, shown < 0 ? t("Loss of both by step") : t("at step {step}", { step: formatCount(data.steps[shown]) }));
    canvas.setAttribute("aria-label", t("Loss of both: A {a}, B {b}", { a: formatLoss(a), b: formatLoss(b) }));
  };

  /** @param {number} index */
  const point = (index) => {
    hover = index;
    drawSoon(undefined);
  };

  canvas.addEventListener("pointermove", (event) => {
    const step = chartGeometry(data.steps, lines(), size()).x.toValue(event.clientX - canvas.getBoundingClientRect().left);
    point(Math.max(0, data.steps.findLastIndex((known) => known <= step)));
  });
  for (const event of ["pointerleave", "blur"]) canvas.addEventListener(event, () => point(-1));
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !data.steps.length) return;
    const last = data.steps.length - 1;
    point(Math.min(last, Math.max(0, (hover < 0 ? last : hover) + way)));
    event.preventDefault();
  });
  new ResizeObserver(draw).observe(place);

  return {
    /** @param {Series} a @param {Series} b @param {Colours} colours */
    show(a, b, colours) {
      state = { a, b, colours };
      draw();
    },
  };
}
