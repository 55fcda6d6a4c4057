// The losses of all panels in one chart, on training or on test points; values where one hovers or walks with the arrow keys.

import { LETTERS, overOneAxis } from "../../core/comparison.js";
import { formatCount, formatLoss } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { createChart } from "../results/chart.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../../core/series.js").Series} Series */
/** @typedef {import("../header/theme.js").Colours} Colours */

/** How the line of each looks: never by colour alone. @type {{key: string, ink: "ink"|"test"|"muted", dash?: number[], width: number}[]} */
const LOOKS = [
  { key: "solid ink", ink: "ink", width: 1.75 },
  { key: "dashed test", ink: "test", width: 1.75, dash: [6, 3] },
  { key: "dotted muted", ink: "muted", width: 1.75, dash: [2, 3] },
  { key: "fine test", ink: "test", width: 1 },
  { key: "chain ink", ink: "ink", width: 1.75, dash: [8, 3, 2, 3] },
  { key: "heavy muted", ink: "muted", width: 3.5 },
];

/** @param {HTMLElement} element @param {HTMLElement} tools place of the chart's own switches */
export function createPanelsChart(element, tools) {
  const entries = LETTERS.map(legendEntry);
  const at = h("span", { class: "quiet axis-title" });
  element.append(h("div", { class: "legend" }, at, ...entries.map((entry) => entry.element)));
  const chart = createChart(element, { onRead: showNumbers });
  /** @type {{all: Series[], colours: Colours}|null} */
  let known = null;
  let data = overOneAxis([], "loss");
  const draw = () => known && show(known.all, known.colours);
  const test = chip(t("Test"), draw);
  const log = chip(t("log"), draw);
  log.title = t("Logarithmic loss axis");
  tools.append(test, log);

  /** @param {number} read index of the values to show, -1 for the newest */
  function showNumbers(read) {
    const told = data.values.map((column) => (read < 0 ? column.findLast((value) => value !== null) : column[read]));
    told.forEach((value, index) => setText(entries[index].value, formatLoss(value)));
    const what = isOn(test) ? t("Test loss of all, by step") : t("Loss of all, by step");
    setText(at, read < 0 ? what : t("at step {step}", { step: formatCount(data.steps[read]) }));
    chart.describe(`${what}: ${told.map((value, index) => `${LETTERS[index]} ${formatLoss(value)}`).join(", ")}`);
  }

  /** @param {Series[]} all @param {Colours} colours */
  function show(all, colours) {
    known = { all, colours };
    data = overOneAxis(all, isOn(test) ? "test_loss" : "loss");
    entries.forEach((entry, index) => (entry.element.hidden = index >= all.length));
    const lines = data.values.map((values, index) => ({ values, ...LOOKS[index], colour: colours[LOOKS[index].ink] }));
    chart.show({ x: data.steps, lines, colours, logarithmic: isOn(log) });
  }

  return {
    show,
    destroy() {
      chart.destroy();
      element.replaceChildren();
      tools.replaceChildren();
    },
  };
}

/** @param {string} letter @param {number} index */
function legendEntry(letter, index) {
  const value = h("span", { class: "legend-value" });
  const key = h("span", { class: `key ${LOOKS[index].key}`, "aria-hidden": true });
  return { element: h("span", { class: "legend-entry" }, key, `${letter} `, value), value };
}

/** @param {HTMLElement} button */
const isOn = (button) => button.getAttribute("aria-pressed") === "true";

/** @param {string} text @param {() => void} onChange */
function chip(text, onChange) {
  const button = h("button", { type: "button", class: "chip small-chip", "aria-pressed": "false" }, text);
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!isOn(button)));
    onChange();
  });
  return button;
}
