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
const MOST_INPUTS = 6;

export function createProbeLayer() {
  const title = h("h4", {});
  const formula = h("p", { class: "shapes" });
  const inputs = h("p", { class: "quiet inputs" });
  const table = createUnitTable();
  const more = h("p", { class: "quiet" });
  const lines = [h("p", { class: "sum-line" }), h("p", { class: "sum-line" })];
  const which = h("p", { class: "quiet" });
  return {
    element: h("li", { class: "probe-layer" }, title, formula, inputs, table.element, more, which, ...lines),
    /** @param {LayerText} text */
    show({ title: name, formula: shapes, names, trace, unit, isOutput, lines: sums }) {
      setText(title, name);
      setText(formula, shapes);
      setText(inputs, inputLine(trace.x));
      const units = shownUnits(names.length, unit);
      table.show(units, { names, trace, looked: unit, isOutput });
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

/** What the layer is given, its first values. @param {ArrayLike<number> & {slice: (from: number, to: number) => any}} x */
function inputLine(x) {
  const first = Array.from(x.slice(0, MOST_INPUTS)).map(formatNumber).join(", ");
  return `x = [${first}${x.length > MOST_INPUTS ? ", …" : ""}]`;
}

/** A row of numbers for each unit. */
function createUnitTable() {
  const last = h("th", { scope: "col" }, "f(z)"); // scores have none
  const columns = ["w·x", "+ b", "= z"].map((name) => h("th", { scope: "col" }, name));
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("unit")), ...columns, last));
  const body = h("tbody");
  /** @type {ReturnType<typeof createRow>[]} */
  const rows = [];

  /** @param {number} count */
  const useRows = (count) => {
    while (rows.length > count) rows.pop()?.element.remove();
    while (rows.length < count) {
      const row = createRow();
      rows.push(row);
      body.append(row.element);
    }
  };

  return {
    element: h("table", { class: "probe-table" }, head, body),
    /** @param {number[]} units @param {Pick<LayerText, "names"|"trace"|"isOutput"> & {looked: number}} text */
    show(units, { names, trace, looked, isOutput }) {
      useRows(units.length);
      last.hidden = isOutput;
      units.forEach((unit, index) => {
        const values = [trace.products, trace.biases, trace.z, trace.h].map((column) => column[unit]);
        rows[index].show(names[unit], values, { isLooked: unit === looked, isOutput });
      });
    },
  };
}

/** A unit's name and its numbers. */
function createRow() {
  const name = h("th", { scope: "row" });
  const cells = Array.from({ length: 4 }, () => h("td", {}));
  const element = h("tr", {}, name, ...cells);
  return {
    element,
    /** @param {string} text @param {number[]} values @param {{isLooked: boolean, isOutput: boolean}} look */
    show(text, values, { isLooked, isOutput }) {
      element.classList.toggle("is-looked", isLooked);
      setText(name, text);
      cells[3].hidden = isOutput;
      values.forEach((value, column) => setText(cells[column], formatNumber(value)));
    },
  };
}

/** The first units, and the one that is looked at in any case. @param {number} count @param {number} looked */
function shownUnits(count, looked) {
  const units = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, unit) => unit);
  if (looked >= units.length) units[units.length - 1] = looked;
  return units;
}
