// The formulas of the document's fields, in LaTeX by the path of the field, and any formula as MathML. Those of a
// menu's choices come with the catalog.

import { mathLines } from "../../core/latex.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";
const tex = String.raw;

/** @type {Record<string, string>} what stands in \text{} */
export const WORDS = {
  data: t("data"),
  regularization: t("regularization"),
  with: t("with"),
  "at probability": t("at probability"),
};

/** @type {Record<string, string>} */
const FORMULAS = {
  "network.scaling": tex`x \leftarrow \frac{x - m}{s}`,
  "network.hidden": tex`h_l = f(h_{l-1} W_l + b_l)`,
  "network.hidden.units": tex`h_j = f(w_j \cdot x + b_j), j = 1, …, H`,
  "network.hidden.activation": tex`h = f(z), z = w \cdot x + b`,
  "network.hidden.pieces": tex`h = \max_k (w_k \cdot x + b_k)`,
  "network.skips": tex`h_l = f(h_{l-1} W_l + h_k V + b_l)`,
  "network.loss": tex`L = \frac{1}{N} \sum_{i=1}^N L_i + L_{\text{regularization}}`,
  "network.init": tex`w \sim N(0, \sigma^2)`,
  "network.init_scale": tex`w \sim N(0, (a \sigma)^2)`,
  "training.optimizer": tex`g = \nabla L`,
  "training.learning_rate": tex`w \leftarrow w - \eta \nabla L`,
  "training.learning_rate_decay": tex`\eta_t = \frac{\eta}{1 + d t}`,
  "training.momentum": tex`v \leftarrow \mu v - \eta \nabla L \\ w \leftarrow w + v`,
  "training.l2": tex`L = L_{\text{data}} + \frac{1}{2} \lambda \sum w^2`,
  "training.l1": tex`L = L_{\text{data}} + \lambda \sum |w|`,
  "training.max_norm": tex`\sqrt{\sum w^2} \le c`,
  "training.keep_prob": tex`h \leftarrow \frac{m h}{p} \\ \text{with} \quad m = 1 \quad \text{at probability} \quad p`,
  "training.input_noise": tex`x \leftarrow x + \sigma \epsilon, \epsilon \sim N(0, 1)`,
  "training.batch_size": tex`L = \frac{1}{N} \sum_{i=1}^N L_i`,
};

/** The fields that have a formula. */
export const FIELDS_WITH_FORMULA = Object.keys(FORMULAS);

/**
 * A formula, a math element a line.
 * @param {string} latex
 */
export function mathOf(latex) {
  return h("div", { class: "formula" }, ...mathLines(latex, (text) => WORDS[text]).map(mathElement));
}

/**
 * The formula of a field, null for a field without one.
 * @param {string|undefined} path
 */
export function formulaOf(path) {
  return path && path in FORMULAS ? mathOf(FORMULAS[path]) : null;
}

/** @param {string} content */
function mathElement(content) {
  const math = `<math xmlns="${MATHML}" display="block">${content}</math>`;
  return document.importNode(new DOMParser().parseFromString(math, "application/xml").documentElement, true);
}
