// Maxout of one input: the larger of two lines, and the settings that make it ReLU or leaky ReLU.  [CS231n nn-1 #actfun]

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { createKnob } from "./knob.js";
import { createPlot, svg } from "./svg.js";

/** @typedef {{w1: number, b1: number, w2: number, b2: number}} Pieces */

/** @type {Pieces} */
const START = { w1: -0.8, b1: 0.2, w2: 1, b2: -0.5 };
/** @type {[string, Pieces][]} */
const CASES = [
  ["ReLU", { w1: 0, b1: 0, w2: 1, b2: 0 }],
  [t("Leaky ReLU"), { w1: 0.01, b1: 0, w2: 1, b2: 0 }],
];
/** @type {Record<keyof Pieces, string>} */
const NAMES = { w1: "w₁", b1: "b₁", w2: "w₂", b2: "b₂" };

/** @param {HTMLElement} element */
export function createMaxoutBench(element) {
  const plot = createPlot({ width: 420, height: 220, x: [-3, 3], y: [-2, 3] }, t("Maxout of two lines"));
  const paths = ["piece", "piece", "curve"].map((name) => svg("path", { class: name }));
  plot.inside.append(...paths);
  const knobs = /** @type {Record<keyof Pieces, ReturnType<typeof createKnob>>} */ (
    Object.fromEntries(
      Object.entries(START).map(([name, value]) => {
        const label = NAMES[/** @type {keyof Pieces} */ (name)];
        return [name, createKnob({ label, range: [-2, 2], step: 0.01, value, digits: 2 }, () => show())];
      }),
    )
  );

  const show = () => {
    const first = (/** @type {number} */ x) => knobs.w1.get() * x + knobs.b1.get();
    const second = (/** @type {number} */ x) => knobs.w2.get() * x + knobs.b2.get();
    const most = (/** @type {number} */ x) => Math.max(first(x), second(x));
    [first, second, most].forEach((f, i) => paths[i].setAttribute("d", plot.pathOf(f)));
  };
  const buttons = CASES.map(([title, pieces]) => {
    const click = () => {
      for (const [name, value] of Object.entries(pieces)) knobs[/** @type {keyof Pieces} */ (name)].set(value);
      show();
    };
    return h("button", { type: "button", class: "button small", on: { click } }, title);
  });
  element.append(
    plot.element,
    h(
      "div",
      { class: "knobs" },
      ...Object.values(knobs).map((knob) => knob.element),
      h("div", { class: "trials" }, ...buttons),
    ),
  );
  show();
}
