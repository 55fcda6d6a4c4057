// The choice among the activation functions of one number.

import { ACTIVATIONS } from "../../core/activations.js";
import { t } from "../../core/messages.js";
import { h, uniqueId } from "../dom.js";

/** @type {Record<string, string>} */
const NAMES = {
  sigmoid: t("Sigmoid"),
  tanh: "tanh",
  relu: "ReLU",
  leaky_relu: t("Leaky ReLU"),
  identity: t("Identity"),
};

/** @param {string} first @param {(name: string) => void} onInput */
export function createActivationMenu(first, onInput) {
  const id = uniqueId("f");
  const options = Object.keys(NAMES)
    .filter((name) => name in ACTIVATIONS)
    .map((name) => h("option", { value: name, selected: name === first }, NAMES[name]));
  const select = h("select", { id, class: "select", on: { change: () => onInput(select.value) } }, ...options);
  return {
    element: h("div", { class: "knob" }, h("label", { for: id }, "f"), select),
    get: () => select.value,
  };
}
