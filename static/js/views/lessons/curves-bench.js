// An activation function and its slope, with a place z to move along them.  [CS231n nn-1 #actfun]

import { ACTIVATIONS } from "../../core/activations.js";
import { fixed } from "../../core/decimals.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { createActivationMenu } from "./activation-menu.js";
import { createKnob } from "./knob.js";
import { createPlot, svg } from "./svg.js";

/** A unit whose slope is below this share of the steepest lets next to nothing through. */
const FLAT = 0.05;
const NEAR = 1e-4;
const [LOWEST, HIGHEST] = [-1.2, 2.2];

/** The slope of f at z, by a central difference. @param {(z: number) => number} f @param {number} z */
const slopeOf = (f, z) => (f(z + NEAR) - f(z - NEAR)) / (2 * NEAR);

/** @param {HTMLElement} element */
export function createCurvesBench(element) {
  const plot = createPlot({ width: 420, height: 240, x: [-6, 6], y: [LOWEST, HIGHEST] }, t("f and its slope"));
  const [curve, slope] = [svg("path", { class: "curve" }), svg("path", { class: "slope" })];
  const dots = [svg("circle", { r: 5, class: "dot" }), svg("circle", { r: 4, class: "dot slope-dot" })];
  plot.inside.append(curve, slope, ...dots);
  const menu = createActivationMenu("sigmoid", () => show());
  const knob = createKnob({ label: "z", range: [-6, 6], step: 0.1, value: 0.5 }, () => show());
  const words = h("p", { class: "unit-output", role: "status" });

  const show = () => {
    const f = ACTIVATIONS[menu.get()];
    const z = knob.get();
    const values = [f(z), slopeOf(f, z)];
    curve.setAttribute("d", plot.pathOf(f));
    slope.setAttribute(
      "d",
      plot.pathOf((at) => slopeOf(f, at)),
    );
    dots.forEach((dot, i) => {
      dot.setAttribute("cx", String(plot.x.toPixel(z)));
      dot.setAttribute("cy", String(plot.y.toPixel(Math.max(LOWEST, Math.min(HIGHEST, values[i])))));
    });
    const figures = { f: fixed(values[0], 3), slope: fixed(values[1], 3) };
    const isFlat = Math.abs(values[1]) < FLAT;
    setText(
      words,
      isFlat
        ? t("f = {f}, slope {slope}: nearly flat, no gradient comes through.", figures)
        : t("f = {f}, slope {slope}", figures),
    );
  };
  element.append(plot.element, h("div", { class: "knobs" }, menu.element, knob.element, legend(), words));
  show();
}

function legend() {
  const entry = (/** @type {string} */ name, /** @type {string} */ text) =>
    h("span", { class: `curve-name ${name}` }, text);
  return h("p", { class: "keys-row" }, entry("value-name", "f"), entry("slope-name", t("slope f′")));
}
