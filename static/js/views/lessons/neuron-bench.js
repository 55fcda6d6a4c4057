// One unit as arithmetic: inputs times weights, their sum with the bias, and f of it.  [CS231n nn-1 #bio]

import { ACTIVATIONS } from "../../core/activations.js";
import { fixed } from "../../core/decimals.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { createActivationMenu } from "./activation-menu.js";
import { createKnob } from "./knob.js";

const START = { "x₁": 1, "w₁": 1, "x₂": -1, "w₂": 0.5, b: 0 };

/** @param {number} value */
const signed = (value) => fixed(value, 2);

/** @param {HTMLElement} element */
export function createNeuronBench(element) {
  const knobs = new Map(
    Object.entries(START).map(([name, value]) => [
      name,
      createKnob({ label: name, range: [-3, 3], step: 0.1, value }, () => show()),
    ]),
  );
  const menu = createActivationMenu("sigmoid", () => show());
  const [products, sum, out] = [h("p", {}), h("p", {}), h("p", { class: "unit-output" })];
  const bar = h("div", { class: "unit-level", "aria-hidden": true }, h("span", {}));
  const value = (/** @type {string} */ name) => knobs.get(name)?.get() ?? 0;

  const show = () => {
    const [first, second] = [value("w₁") * value("x₁"), value("w₂") * value("x₂")];
    const z = first + second + value("b");
    const f = ACTIVATIONS[menu.get()](z);
    setText(products, `w₁x₁ = ${signed(first)}    w₂x₂ = ${signed(second)}`);
    setText(sum, `z = ${signed(first)} + ${signed(second)} + ${signed(value("b"))} = ${signed(z)}`);
    setText(out, `f(z) = ${signed(f)}`);
    const share = Math.min(1, Math.max(0, f));
    bar.style.setProperty("--level", `${(100 * share).toFixed(0)}%`);
  };
  element.append(
    h("div", { class: "knobs" }, ...[...knobs.values()].map((knob) => knob.element), menu.element),
    h("div", { class: "unit-sum", "aria-label": t("The unit's numbers") }, products, sum, out, bar),
  );
  show();
}
