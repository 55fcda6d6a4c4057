// The loss against the step: total, data part and test loss, with values under the pointer or the arrow keys.

import { formatCount, formatLoss } from "../core/format.js";
import { t } from "../core/messages.js";
import { latestPerFrame } from "../core/pacing.js";
import { nearestEntry } from "../core/series.js";
import { contextOf, fitCanvas } from "../draw/canvas.js";
import { chartGeometry, drawLineChart } from "../draw/line-chart.js";
import { h, setText } from "./dom.js";

/** @typedef {import("../core/series.js").Series} Series */
/** @typedef {import("./theme.js").Colours} Colours */
/** @typedef {import("../core/marks.js").Mark} Mark */

/** @type {{column: "loss"|"data_loss"|"test_loss", name: string, line: (colours: Colours) => object}[]} */
const LINES = [
  { column: "loss", name: t("total"), line: (colours) => ({ colour: colours.ink, width: 1.75 }) },
  { column: "data_loss", name: t("data"), line: (colours) => ({ colour: colours.muted, width: 1.25, dash: [2, 3] }) },
  { column: "test_loss", name: t("test"), line: (colours) => ({ colour: colours.test, width: 1.75, dash: [6, 3] }) },
];

/** A mark is meant from this part of the chart's width away. */
const MARK_REACH = 40;

/** @param {Mark} mark */
const textOf = ({ name, from, to }) => `${name}: ${from} → ${to}`;

/** @param {HTMLElement} element */
export function createLossChart(element) {
  const canvas = h("canvas", { class: "chart-canvas", tabindex: 0, role: "img" });
  const values = Object.fromEntries(LINES.map(({ column }) => [column, h("span", { class: "legend-value" })]));
  const at = h("span", { class: "quiet axis-title" });
  const log = h(
    "button",
    {
      type: "button",
      class: "chip log",
      "aria-pressed": "false",
      title: t("Logarithmic loss axis"),
      on: { click: () => toggleLog() },
    },
    t("log"),
  );
  let logarithmic = false;
  const legend = h(
    "div",
    { class: "legend" },
    ...LINES.map(({ column, name }) =>
      h(
        "span",
        { class: "legend-entry" },
        h("span", { class: `key ${column}`, "aria-hidden": true }),
        `${name} `,
        values[column],
      ),
    ),
    at,
    log,
  );
  const place = h("div", { class: "chart-place" }, canvas);
  element.append(legend, place);
  /** @type {{series: Series, colours: Colours, step: number, marks: Mark[]}|null} */
  let state = null;
  let hover = -1;

  const lines = () =>
    LINES.map(({ column, line }) => ({
      values: /** @type {Series} */ (state?.series)[column],
      .../** @type {any} */ (line(/** @type {Colours} */ (state?.colours))),
    }));
  const size = () => ({ widthCss: canvas.clientWidth, heightCss: canvas.clientHeight });

  /** Marks so near to a step that a person points at them. @param {number} step */
  const marksNear = (step) => {
    const reach = (state?.series.step.at(-1) ?? 0) / MARK_REACH;
    return (state?.marks ?? []).filter((mark) => Math.abs(mark.step - step) <= reach);
  };

  const showLegend = () => {
    if (!state) return;
    const { series } = state;
    const index = hover >= 0 ? Math.min(hover, series.step.length - 1) : series.step.length - 1;
    for (const { column } of LINES) setText(values[column], formatLoss(series[column][index]));
    const near = hover >= 0 ? marksNear(series.step[index]) : [];
    const where = hover >= 0 ? t("at step {step}", { step: formatCount(series.step[index]) }) : t("Loss by step");
    setText(at, [where, ...near.map(textOf)].join(" · "));
    const newest = LINES.map(({ column, name }) => `${name} ${formatLoss(series[column].at(-1))}`);
    const changes = state.marks.map((mark) => t("at step {step}", { step: formatCount(mark.step) }) + ` ${textOf(mark)}`);
    canvas.setAttribute("aria-label", t("Loss chart, {values}", { values: [...newest, ...changes].join(", ") }));
  };

  const draw = () => {
    if (!state) return;
    const { colours, series } = state;
    const sizeCss = size();
    fitCanvas(canvas, sizeCss.widthCss, sizeCss.heightCss);
    drawLineChart(contextOf(canvas), {
      x: series.step,
      lines: lines(),
      size: sizeCss,
      colours,
      hover: Math.min(hover, series.step.length - 1),
      logarithmic,
      now: state.step,
      marks: state.marks.map(({ step }) => step),
    });
    showLegend();
  };
  const drawSoon = latestPerFrame(draw);

  const toggleLog = () => {
    logarithmic = !logarithmic;
    log.setAttribute("aria-pressed", String(logarithmic));
    drawSoon(undefined);
  };

  /** @param {number} index */
  const point = (index) => {
    hover = index;
    drawSoon(undefined);
  };

  canvas.addEventListener("pointermove", (event) => {
    if (!state) return;
    const geometry = chartGeometry(state.series.step, lines(), size());
    point(nearestEntry(state.series, geometry.x.toValue(event.clientX - canvas.getBoundingClientRect().left)));
  });
  for (const event of ["pointerleave", "blur"]) canvas.addEventListener(event, () => point(-1));
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || !state) return;
    const last = state.series.step.length - 1;
    point(Math.min(last, Math.max(0, (hover < 0 ? last : hover) + way)));
    event.preventDefault();
  });
  const observer = new ResizeObserver(draw);
  observer.observe(place);

  return {
    /** @param {{series: Series, colours: Colours, step: number, marks: Mark[]}} newState */
    show(newState) {
      const same = state?.step === newState.step && state.colours === newState.colours && state.marks === newState.marks;
      if (same && newState.series.step.length > 1) return;
      state = newState;
      draw();
    },
    resize: draw,
    destroy: () => observer.disconnect(),
  };
}
