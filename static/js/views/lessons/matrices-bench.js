// The note's 3-layer network as three matrix products, for one column or many, with shapes and the time they take.  [CS231n nn-1 #feedforward]

import { ACTIVATIONS } from "../../core/activations.js";
import { fixed } from "../../core/decimals.js";
import { columnOf, layerForward, matrix } from "../../core/forward.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { createKnob } from "./knob.js";

const SIZES = [3, 4, 4, 1];
const SHOWN_COLUMNS = 4;
/** The browser's clock is coarse: the work is repeated for so long. */
const MEASURED_FOR_MS = 40;

/** @typedef {import("../../core/forward.js").Matrix} Matrix */

/** Numbers that look random and are always the same. @param {number} seed */
const wave = (seed) => (/** @type {number} */ index) => Math.round(20 * Math.sin(12.9898 * (index + 1) + seed)) / 10;

const WEIGHTS = SIZES.slice(1).map((rows, i) => matrix(rows, SIZES[i], wave(i)));
const BIASES = SIZES.slice(1).map((rows, i) => matrix(rows, 1, wave(i + 7)));

/** All layers' outputs, from x on. @param {Matrix} x @returns {Matrix[]} */
function forward(x) {
  const outputs = [x];
  WEIGHTS.forEach((weights, i) => {
    const f = i < WEIGHTS.length - 1 ? ACTIVATIONS.sigmoid : ACTIVATIONS.identity;
    outputs.push(layerForward(weights, outputs[i], BIASES[i], f));
  });
  return outputs;
}

/** @param {HTMLElement} element */
export function createMatricesBench(element) {
  const products = h("div", { class: "products" });
  const timing = h("p", { class: "unit-output", role: "status" });
  const knob = createKnob({ label: t("Columns of x"), range: [1, 1000], step: 1, value: 1, digits: 0 }, () => show());
  const measure = h(
    "button",
    { type: "button", class: "button small", on: { click: () => (timing.textContent = timed(knob.get())) } },
    t("Measure"),
  );
  const show = () => {
    const x = matrix(3, knob.get(), wave(3));
    const [, ...outputs] = forward(x);
    const names = ["h1", "h2", "out"];
    products.replaceChildren(
      ...outputs.map((out, i) => product(names[i], i ? names[i - 1] : "x", i, i ? outputs[i - 1] : x, out)),
    );
    timing.textContent = "";
  };
  element.append(h("div", { class: "knobs" }, knob.element, h("div", { class: "trials" }, measure), timing), products);
  show();
}

/** @param {string} name @param {string} source @param {number} layer @param {Matrix} input @param {Matrix} out */
function product(name, source, layer, input, out) {
  const f = layer < WEIGHTS.length - 1 ? "f" : "";
  return h(
    "div",
    { class: "product", role: "group", "aria-label": `${name} = ${f}(W${layer + 1} ${source} + b${layer + 1})` },
    table(`${name}`, out),
    h("span", {}, f ? "= f (" : "= "),
    table(`W${layer + 1}`, WEIGHTS[layer]),
    table(source, input),
    h("span", {}, "+"),
    table(`b${layer + 1}`, BIASES[layer]),
    h("span", {}, f ? ")" : ""),
  );
}

/** A matrix with its name and shape; of many columns the first few. @param {string} name @param {Matrix} whole */
function table(name, { rows, cols, values }) {
  const shown = Math.min(cols, SHOWN_COLUMNS);
  const body = Array.from({ length: rows }, (_, row) =>
    h(
      "tr",
      {},
      ...Array.from({ length: shown }, (_, col) => h("td", {}, fixed(values[row * cols + col], 1))),
      ...(cols > shown ? [h("td", {}, "…")] : []),
    ),
  );
  return h(
    "div",
    { class: "matrix" },
    h("table", {}, ...body),
    h("span", { class: "quiet" }, `${name} (${rows}×${cols})`),
  );
}

/** How long the columns take one by one and together, in words. @param {number} count */
function timed(count) {
  const x = matrix(3, count, wave(3));
  const columns = Array.from({ length: count }, (_, col) => columnOf(x, col));
  const single = timeOf(() => columns.forEach(forward));
  const together = timeOf(() => forward(x));
  const micros = (/** @type {number} */ ms) => fixed((1000 * ms) / count, 2);
  return t("{count} columns, µs for each: {single} one by one, {together} together.", {
    count,
    single: micros(single),
    together: micros(together),
  });
}

/** How long one run of the work takes, over as many as fill the time. @param {() => void} work @returns {number} milliseconds */
function timeOf(work) {
  const begin = performance.now();
  let runs = 0;
  do {
    work();
    runs++;
  } while (performance.now() - begin < MEASURED_FOR_MS);
  return (performance.now() - begin) / runs;
}
