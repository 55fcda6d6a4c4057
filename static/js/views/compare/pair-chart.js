// Two losses in one chart: A's line is solid, B's dashed; values where one hovers or walks with the arrow keys.

import { overOneAxis } from "../../core/comparison.js";
import { formatCount, formatLoss } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { createChart } from "../results/chart.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../../core/series.js").Series} Series */
/** @typedef {import("../header/theme.js").Colours} Colours */

/** @param {HTMLElement} element */
export function createPairChart(element) {
  const values = { a: h("span", { class: "legend-value" }), b: h("span", { class: "legend-value" }) };
  const at = h("span", { class: "quiet axis-title" });
  const entry = (/** @type {"a"|"b"} */ side, /** @type {string} */ key) =>
    h(
      "span",
      { class: "legend-entry" },
      h("span", { class: `key ${key}`, "aria-hidden": true }),
      `${side.toUpperCase()} `,
      values[side],
    );
  element.append(h("div", { class: "legend" }, entry("a", "solid ink"), entry("b", "dashed test"), at));
  const chart = createChart(element, { onRead: showNumbers });
  let data = /** @type {ReturnType<typeof overOneAxis>} */ ({ steps: [], a: [], b: [] });

  /** @param {number} read index of the values to show, -1 for the newest */
  function showNumbers(read) {
    const newest = (/** @type {(number|null)[]} */ column) => column.findLast((value) => value !== null);
    const [a, b] = read < 0 ? [newest(data.a), newest(data.b)] : [data.a[read], data.b[read]];
    setText(values.a, formatLoss(a));
    setText(values.b, formatLoss(b));
    setText(at, read < 0 ? t("Loss of both by step") : t("at step {step}", { step: formatCount(data.steps[read]) }));
    chart.describe(t("Loss of both: A {a}, B {b}", { a: formatLoss(a), b: formatLoss(b) }));
  }

  return {
    /** @param {Series} a @param {Series} b @param {Colours} colours */
    show(a, b, colours) {
      data = overOneAxis(a, b, "loss");
      const lines = [
        { values: data.a, colour: colours.ink, width: 1.75 },
        { values: data.b, colour: colours.test, width: 1.75, dash: [6, 3] },
      ];
      chart.show({ x: data.steps, lines, colours });
    },
  };
}
