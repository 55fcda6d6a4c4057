// The sum of indicator bumps that approximates x sin x, the note's rival of a network.  [CS231n nn-1 #power]

import { bumpsOf, largestError } from "../../core/bumps.js";
import { fixed } from "../../core/decimals.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { createKnob } from "./knob.js";
import { createPlot, svg } from "./svg.js";

/** @type {[number, number]} */
const RANGE = [-6, 6];

/** @param {number} x */
const curve = (x) => x * Math.sin(x);

/** @param {HTMLElement} element */
export function createBumpsBench(element) {
  const plot = createPlot({ width: 420, height: 240, x: RANGE, y: [-6, 3] }, t("A curve and its bumps"));
  const bumps = svg("g");
  plot.inside.append(bumps, svg("path", { class: "curve", d: plot.pathOf(curve) }));
  const words = h("p", { class: "unit-output", role: "status" });
  const knob = createKnob({ label: t("Bumps"), range: [1, 100], step: 1, value: 8, digits: 0 }, () => show());

  const show = () => {
    const parts = bumpsOf(curve, knob.get(), RANGE);
    const zero = plot.y.toPixel(0);
    bumps.replaceChildren(
      ...parts.map(({ from, to, height }) => {
        const y = plot.y.toPixel(height);
        const left = plot.x.toPixel(from);
        return svg("rect", {
          x: left,
          y: Math.min(y, zero),
          width: plot.x.toPixel(to) - left,
          height: Math.abs(zero - y),
          class: "bump",
        });
      }),
    );
    setText(
      words,
      t("Largest error {error}, with {count} numbers", {
        error: fixed(largestError(curve, parts), 2),
        count: 3 * parts.length,
      }),
    );
  };
  element.append(plot.element, h("div", { class: "knobs" }, knob.element, words));
  show();
}
