// How training has gone: the loss and its parts, or the accuracy, against the step, for training and test points.

import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { createChart } from "./chart.js";
import { h, setText } from "../dom.js";
import { helpButton } from "../help/help.js";

/** @typedef {import("../../core/series.js").Series} Series */
/** @typedef {import("../header/theme.js").Colours} Colours */
/** @typedef {import("../../core/marks.js").Mark} Mark */
/** @typedef {{column: import("../../core/series.js").Column, name: string, key: string, ink: "ink"|"muted"|"test", width: number, dash?: number[]}} LineKind */
/** @typedef {{name: string, title: string, words: (values: string) => string, format: (value: number|null|undefined) => string, label?: (value: number) => string, lines: LineKind[]}} Kind */

const SOLID = { key: "solid", width: 1.75 };
const DASHED = { key: "dashed", width: 1.75, dash: [6, 3] };
const DOTTED = { key: "dotted", width: 1.25, dash: [2, 3] };
const FINE = { key: "fine", width: 1 };

/** @type {Kind} */
const LOSS = {
  name: t("Loss"),
  title: t("Loss by step"),
  words: (values) => t("Loss chart, {values}", { values }),
  format: formatLoss,
  lines: [
    { column: "loss", name: t("total"), ink: "ink", ...SOLID },
    { column: "data_loss", name: t("data"), ink: "muted", ...DOTTED },
    { column: "reg_loss", name: t("regularization"), ink: "muted", ...FINE },
    { column: "test_loss", name: t("test"), ink: "test", ...DASHED },
  ],
};

/** @type {Kind} */
const ACCURACY = {
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

/** A mark is meant from this part of the chart's width away. */
const MARK_REACH = 40;

/** @param {Mark} mark */
const textOf = ({ name, from, to }) => `${name}: ${from} → ${to}`;

/** @param {HTMLElement} element */
export function createProgressChart(element) {
  let kind = LOSS;
  let logarithmic = false;
  /** @type {{series: Series, colours: Colours, step: number, marks: Mark[], hasAccuracy: boolean}|null} */
  let state = null;
  /** @type {number|null|undefined} an edit may change the newest loss while no step is taken */
  let shownLoss;
  const at = h("span", { class: "quiet axis-title" });
  const log = chip(t("log"), () => {
    logarithmic = !logarithmic;
    draw();
  });
  log.title = t("Logarithmic loss axis");
  const chips = new Map([LOSS, ACCURACY].map((each) => [each, chip(each.name, () => choose(each))]));
  const legends = new Map([LOSS, ACCURACY].map((each) => [each, createLegend(each)]));
  element.append(
    h(
      "div",
      { class: "chart-head", role: "group", "aria-label": t("Chart") },
      ...chips.values(),
      at,
      log,
      helpButton({ label: t("Chart"), about: "chart" }),
    ),
    ...[...legends.values()].map((legend) => legend.element),
  );
  const chart = createChart(element, { onRead: showNumbers });

  /** @param {Kind} chosen */
  function choose(chosen) {
    kind = chosen;
    draw();
  }

  /** Marks so near to a step that a person points at them. @param {number} step @param {number} last */
  const marksNear = (step, last) =>
    (state?.marks ?? []).filter((mark) => Math.abs(mark.step - step) <= last / MARK_REACH);

  /** @param {number} read index of the values to show, -1 for the newest */
  function showNumbers(read) {
    if (!state) return;
    const { series, marks } = state;
    const last = series.step.length - 1;
    legends.get(kind)?.show(series, read < 0 ? last : read);
    const atStep = (/** @type {number} */ step) => t("at step {step}", { step: formatCount(step) });
    const near = read < 0 ? [] : marksNear(series.step[read], series.step[last]);
    setText(at, [read < 0 ? kind.title : atStep(series.step[read]), ...near.map(textOf)].join(" · "));
    const newest = kind.lines.map(({ column, name }) => `${name} ${kind.format(series[column][last])}`);
    const changes = marks.map((mark) => `${atStep(mark.step)} ${textOf(mark)}`);
    chart.describe(kind.words([...newest, ...changes].join(", ")));
  }

  function draw() {
    if (!state) return;
    const { series, colours, step, marks, hasAccuracy } = state;
    if (!hasAccuracy) kind = LOSS;
    for (const [each, button] of chips) {
      button.hidden = !hasAccuracy;
      button.setAttribute("aria-pressed", String(each === kind));
    }
    for (const [each, legend] of legends) legend.element.hidden = each !== kind;
    log.hidden = kind !== LOSS;
    log.setAttribute("aria-pressed", String(logarithmic));
    chart.show({
      x: series.step,
      lines: kind.lines.map(({ column, ink, width, dash }) => ({
        values: series[column],
        colour: colours[ink],
        width,
        dash,
      })),
      colours,
      label: kind.label,
      logarithmic: logarithmic && kind === LOSS,
      now: step,
      marks: marks.map((mark) => mark.step),
    });
  }

  return {
    /** @param {{series: Series, colours: Colours, step: number, marks: Mark[], hasAccuracy: boolean}} newState */
    show(newState) {
      const same = /** @type {const} */ (["step", "colours", "marks", "hasAccuracy"]).every(
        (key) => state?.[key] === newState[key],
      );
      const newest = newState.series.loss.at(-1);
      if (same && newest === shownLoss && newState.series.step.length > 1) return;
      state = newState;
      shownLoss = newest;
      draw();
    },
    destroy: chart.destroy,
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
    /** @param {Series} series @param {number} index */
    show: (series, index) => lines.forEach(({ column }, line) => setText(values[line], format(series[column][index]))),
  };
}
