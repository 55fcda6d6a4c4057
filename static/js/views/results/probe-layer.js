// One layer of the probe: its shapes, a row of numbers for each unit, and one unit's sum written out. Keeps its elements from
// frame to frame and changes only their text.

import { t } from "../../core/messages.js";
import { formatNumber } from "../../core/numbers.js";
import { h, setText } from "../dom.js";

/**
 * @typedef {{title: string, formula: string, names: string[], trace: import("../../core/probe.js").LayerTrace, unit: number,
 *   isOutput: boolean, inputs: number, lines: string[]}} LayerText `inputs`: how many of x to name in the heading, 0 for none
 */

const MOST_ROWS = 8;

export function createProbeLayer() {
  const title = h("h4", {});
  const formula = h("p", { class: "shapes" });
  const inputs = h("p", { class: "quiet inputs" });
  const last = h("th", { scope: "col" }, "f(z)");
  const head = h(
    "thead",
    {},
    h(
      "tr",
      {},
      h("th", { scope: "col" }, t("unit")),
      ...["w·x", "+ b", "= z"].map((name) => h("th", { scope: "col" }, name)),
      last,
    ),
  );
  const body = h("tbody");
  const more = h("p", { class: "quiet" });
  const lines = [h("p", { class: "sum-line" }), h("p", { class: "sum-line" })];
  const which = h("p", { class: "quiet which" });
  /** @type {{row: HTMLTableRowElement, name: HTMLElement, cells: HTMLElement[]}[]} */
  const rows = [];

  /** @param {number} count */
  const useRows = (count) => {
    while (rows.length > count) rows.pop()?.row.remove();
    while (rows.length < count) {
      const name = h("th", { scope: "row" });
      const cells = Array.from({ length: 4 }, () => h("td", {}));
      const row = h("tr", {}, name, ...cells);
      rows.push({ row, name, cells });
      body.append(row);
    }
  };

  return {
    element: h(
      "li",
      { class: "probe-layer" },
      title,
      formula,
      inputs,
      h("table", { class: "probe-table" }, head, body),
      more,
      which,
      ...lines,
    ),
    /** @param {LayerText} text */
    show({ title: name, formula: shapes, names, trace, unit, isOutput, lines: sums }) {
      setText(title, name);
      setText(formula, shapes);
      setText(inputs, `x = [${trace.x.slice(0, 6).map(formatNumber).join(", ")}${trace.x.length > 6 ? ", …" : ""}]`);
      const units = shownUnits(names.length, unit);
      useRows(units.length);
      last.hidden = isOutput;
      units.forEach((shown, index) => {
        const { row, name: label, cells } = rows[index];
        row.classList.toggle("is-looked", shown === unit);
        setText(label, names[shown]);
        cells[3].hidden = isOutput;
        [trace.products, trace.biases, trace.z, trace.h].forEach((values, column) =>
          setText(cells[column], formatNumber(values[shown])),
        );
      });
      more.hidden = units.length === names.length;
      setText(more, t("and {count} more units", { count: names.length - units.length }));
      setText(which, t("{name}, term by term:", { name: names[unit] }));
      lines.forEach((line, index) => {
        line.hidden = !sums[index];
        setText(line, sums[index]);
      });
    },
  };
}

/** The first units, and the one that is looked at in any case. @param {number} count @param {number} looked */
function shownUnits(count, looked) {
  const units = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, unit) => unit);
  if (looked >= units.length) units[units.length - 1] = looked;
  return units;
}
