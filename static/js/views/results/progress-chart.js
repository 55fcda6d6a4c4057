// How training has gone: the loss and its parts, or the accuracy, against the step, for training and test points.

import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { throttleNewest } from "../../core/pacing.js";
import { createChart } from "./chart.js";
import { h, setText } from "../dom.js";
import { helpButton } from "../help/help.js";

/** @typedef {import("../../core/series.js").Series} Series */
/** @typedef {import("../header/theme.js").Colours} Colours */
/** @typedef {import("../../core/marks.js").Mark} Mark */
/** @typedef {import("../../core/types.js").Snapshot} Snapshot */
/** @typedef {{column: import("../../core/series.js").Column, name: string, key: string, ink: "ink"|"muted"|"test", width: number, dash?: number[]}} LineKind */
/** @typedef {{name: string, title: string, words: (values: string) => string, format: (value: number|null|undefined) => string, label?: (value: number) => string, lines: LineKind[]}} Kind */

const SOLID = { key: "solid", width: 1.75 };
const DASHED = { key: "dashed", width: 1.75, dash: [6, 3] };
const DOTTED = { key: "dotted", width: 1.25, dash: [2, 3] };
const FINE = { key: "fine", width: 1 };

/** @type {Kind} */
export const LOSS = {
  name: t("Loss"),
  title: t("Loss by step"),
  words: (values) => t("Loss chart, {values}", { values }),
  format: formatLoss,
  lines: [
    { column: "loss", name: t("training"), ink: "ink", ...SOLID },
    { column: "data_loss", name: t("data"), ink: "muted", ...DOTTED },
    { column: "reg_loss", name: t("regularization"), ink: "muted", ...FINE },
    { column: "test_loss", name: t("test"), ink: "test", ...DASHED },
  ],
};

/** @type {Kind} */
export const ACCURACY = {
  name: t("Accuracy"),
  title: t("Accuracy by step"),
  words: (values) => t("Accuracy chart, {values}", { values }),
  format: formatPercent,
  label: (value) => `${Math.round(value * 100)} %`,
  lines: [
    { column: "accuracy", name: t("training"), ink: "ink", ...SOLID },
    { column: "test_accuracy", name: t("test"), ink: "test", ...DASHED },
  ],
};

/** While training goes on the lines grow so often: a course is read slowly, and drawing it takes as long as half the plane. */
const REDRAW_MS = 200;

/** A mark is meant from this part of the chart's width away. */
const MARK_REACH = 40;

/** @param {Mark} mark */
const textOf = ({ name, from, to }) => `${name}: ${from} → ${to}`;

/** @typedef {{series: Series, colours: Colours, step: number, now: Snapshot, marks: Mark[], hasAccuracy: boolean}} ProgressState now: at step */

/** What is drawn: a fit has no accuracy. @param {ProgressState} state @param {Kind} chosen */
const kindOf = ({ hasAccuracy }, chosen) => (hasAccuracy ? chosen : LOSS);

/** @param {HTMLElement} element @param {HTMLElement} tools place of the chart's own switches */
export function createProgressChart(element, tools) {
  let chosen = LOSS;
  let logarithmic = false;
  /** @type {ProgressState|null} */
  let state = null;
  /** @type {number|null|undefined} an edit may change the newest loss while no step is taken */
  let shownLoss;
  const log = chip(t("log"), () => {
    logarithmic = !logarithmic;
    draw();
  });
  log.title = t("Logarithmic loss axis");
  tools.append(log, helpButton({ label: t("Chart"), about: "chart" }));
  const drawSoon = throttleNewest(draw, REDRAW_MS);
  const reading = createReading();
  element.append(reading.element);
  const chart = createChart(element, { onRead: showNumbers });

  /** @param {number} read index of the values to show, -1 for none */
  function showNumbers(read) {
    if (!state) return;
    const kind = kindOf(state, chosen);
    reading.show(kind, state, read);
    chart.describe(inWords(kind, state));
  }

  function draw() {
    if (!state) return;
    const kind = kindOf(state, chosen);
    log.hidden = kind !== LOSS;
    log.setAttribute("aria-pressed", String(logarithmic));
    chart.show(chartOf(kind, state, logarithmic && kind === LOSS));
  }

  return {
    /** @param {Kind} kind */
    choose(kind) {
      chosen = kind;
      draw();
    },
    /** @param {ProgressState} newState */
    show(newState) {
      const isAlike = /** @type {const} */ (["colours", "marks", "hasAccuracy"]).every(
        (key) => state?.[key] === newState[key],
      );
      const newest = newState.series.loss.at(-1);
      const isSame = isAlike && state?.step === newState.step && newest === shownLoss;
      if (isSame && newState.series.step.length > 1) return;
      state = newState;
      shownLoss = newest;
      if (isAlike) drawSoon(undefined);
      else draw();
    },
    destroy() {
      chart.destroy();
      reading.element.remove();
      tools.replaceChildren();
    },
  };
}

/** @param {number} step */
const atStep = (step) => t("at step {step}", { step: formatCount(step) });

/** @param {Kind} kind @param {ProgressState} state @param {boolean} logarithmic */
function chartOf(kind, { series, colours, step, now, marks }, logarithmic) {
  return {
    x: series.step,
    lines: kind.lines.map(({ column, ink, width, dash }) => ({
      values: series[column],
      colour: colours[ink],
      width,
      dash,
    })),
    colours,
    label: kind.label,
    logarithmic,
    now: now.state === "paused" ? step : undefined, // else the series may be a frame ahead
    marks: marks.map((mark) => mark.step),
  };
}

/** The values of the moment that is shown and all marks, for who does not see the chart. @param {Kind} kind @param {ProgressState} state */
function inWords({ lines, format, words }, { now, marks }) {
  const values = lines.map(({ column, name }) => `${name} ${format(now[column])}`);
  const changes = marks.map((mark) => `${atStep(mark.step)} ${textOf(mark)}`);
  return words([...values, ...changes].join(", "));
}

/** The line over the chart: what each line is, and, while one reads, its value there, the step and the marks beside it. */
function createReading() {
  const at = h("span", { class: "quiet axis-title" });
  const legends = new Map([LOSS, ACCURACY].map((kind) => [kind, createLegend(kind)]));
  const element = h("div", { class: "chart-head" }, at, ...[...legends.values()].map((legend) => legend.element));
  return {
    element,
    /** @param {Kind} kind @param {ProgressState} state @param {number} read */
    show(kind, { series, marks }, read) {
      for (const [each, legend] of legends) legend.element.hidden = each !== kind;
      element.classList.toggle("is-reading", read >= 0);
      legends.get(kind)?.show(series, read);
      const last = series.step[series.step.length - 1];
      const near = marks.filter(({ step }) => Math.abs(step - series.step[read]) <= last / MARK_REACH);
      setText(at, read < 0 ? "" : [atStep(series.step[read]), ...near.map(textOf)].join(" · "));
    },
  };
}

/** @param {string} text @param {() => void} click */
function chip(text, click) {
  return h("button", { type: "button", class: "chip small-chip", "aria-pressed": "false", on: { click } }, text);
}

/** Each line's look, name and value. @param {Kind} kind */
function createLegend({ lines, format }) {
  const values = lines.map(() => h("span", { class: "legend-value" }));
  const entries = lines.map(({ name, key, ink }, index) =>
    h(
      "span",
      { class: "legend-entry" },
      h("span", { class: `key ${key} ${ink}`, "aria-hidden": true }),
      `${name} `,
      values[index],
    ),
  );
  return {
    element: h("div", { class: "legend" }, ...entries),
    /** @param {Series} series @param {number} index -1: no values */
    show: (series, index) =>
      lines.forEach(({ column }, line) => setText(values[line], index < 0 ? "" : format(series[column][index]))),
  };
}
