// An activation function and its slope, with a place z to move along them.  [CS231n nn-1 #actfun]

import { ACTIVATIONS } from "../../core/activations.js";
import { fixed } from "../../core/decimals.js";
import { t } from "../../core/messages.js";
import { SLOPES, isFlat } from "../../core/slopes.js";
import { h, setText } from "../dom.js";
import { createActivationMenu } from "./activation-menu.js";
import { createKnob } from "./knob.js";
import { createPlot, svg } from "./svg.js";

const [LOWEST, HIGHEST] = [-1.2, 2.2];

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
    const [f, slopeOf] = [ACTIVATIONS[menu.get()], SLOPES[menu.get()]];
    const z = knob.get();
    const values = [f(z), slopeOf(z)];
    curve.setAttribute("d", plot.pathOf(f));
    slope.setAttribute("d", plot.pathOf(slopeOf));
    dots.forEach((dot, i) => {
      dot.setAttribute("cx", String(plot.x.toPixel(z)));
      dot.setAttribute("cy", String(plot.y.toPixel(Math.max(LOWEST, Math.min(HIGHEST, values[i])))));
    });
    const figures = { f: fixed(values[0], 3), slope: fixed(values[1], 3) };
    setText(
      words,
      isFlat(values[1])
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
