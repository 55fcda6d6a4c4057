// The formulas of the help popovers, in MathML, by the path of their field. Written out here because they never change;
// each agrees with the engine's (DESIGN.md section 3).

import { t } from "../core/messages.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";

/** @param {string} name */
const mi = (name) => `<mi>${name}</mi>`;
/** @param {string} sign */
const mo = (sign) => `<mo>${sign}</mo>`;
/** @param {string} value */
const mn = (value) => `<mn>${value}</mn>`;
/** @param {string} text */
const mtext = (text) => `<mtext>${text}</mtext>`;
const GAP = '<mspace width="0.3em"/>';
const HALF = `<mfrac>${mn("1")}${mn("2")}</mfrac>`;
/** @param {string} base @param {string} below */
const sub = (base, below) => `<msub>${base}${below}</msub>`;
const LAMBDA = mi("λ");
const ETA = mi("η");
const SUM = mo("∑");
const SQUARE_OF_W = `<msup>${mi("w")}${mn("2")}</msup>`;
const SIZE_OF_W = `${mo("|")}${mi("w")}${mo("|")}`;
const DATA = mtext(t("data"));
const WITH = mtext(t("with"));
const AT_PROBABILITY = mtext(t("at probability"));
const NUMBER_OF_INPUTS = mtext(t("number of inputs"));
const TOTAL = `${mi("L")}${mo("=")}${sub(mi("L"), DATA)}${mo("+")}`;

/** @type {Record<string, string>} */
const FORMULAS = {
  "training.learning_rate": `${mi("w")}${mo("←")}${mi("w")}${mo("−")}${ETA}${mo("∇")}${mi("L")}`,
  "training.learning_rate_decay": `${sub(ETA, mi("t"))}${mo("=")}<mfrac>${ETA}<mrow>${mn("1")}${mo("+")}${mi("d")}${mi("t")}</mrow></mfrac>`,
  "training.momentum": `${mi("v")}${mo("←")}${mi("μ")}${mi("v")}${mo("−")}${ETA}${mo("∇")}${mi("L")}<mspace width="1em"/>${mi("w")}${mo("←")}${mi("w")}${mo("+")}${mi("v")}`,
  "training.l2": `${TOTAL}${HALF}${LAMBDA}${SUM}${SQUARE_OF_W}`,
  "training.l1": `${TOTAL}${LAMBDA}${SUM}${SIZE_OF_W}`,
  "training.max_norm": `<msqrt><mrow>${SUM}${SQUARE_OF_W}</mrow></msqrt>${mo("≤")}${mi("c")}`,
  "training.keep_prob": `${mi("h")}${mo("←")}<mfrac><mrow>${mi("m")}${mi("h")}</mrow>${mi("p")}</mfrac><mspace width="1em"/>${WITH}${GAP}${mi("m")}${mo("=")}${mn("1")}${GAP}${AT_PROBABILITY}${GAP}${mi("p")}`,
  "training.input_noise": `${mi("x")}${mo("←")}${mi("x")}${mo("+")}${mi("σ")}${mi("ε")}<mspace width="1em"/>${mi("ε")}${mo("~")}${mi("N")}${mo("(")}${mn("0")}${mo(",")}${mn("1")}${mo(")")}`,
  "training.batch_size": `${mi("L")}${mo("=")}<mfrac>${mn("1")}${mi("N")}</mfrac><munderover>${SUM}<mrow>${mi("i")}${mo("=")}${mn("1")}</mrow>${mi("N")}</munderover>${sub(mi("L"), mi("i"))}`,
  "network.loss": `<mtext>softmax: </mtext>${sub(mi("L"), mi("i"))}${mo("=")}${mo("−")}${mi("log")}<mfrac><msup>${mi("e")}${sub(mi("s"), mi("y"))}</msup><mrow><munder>${SUM}${mi("j")}</munder><msup>${mi("e")}${sub(mi("s"), mi("j"))}</msup></mrow></mfrac>`,
  "network.hidden": `${sub(mi("h"), mi("l"))}${mo("=")}${mi("f")}${mo("(")}${sub(mi("h"), `<mrow>${mi("l")}${mo("−")}${mn("1")}</mrow>`)}${sub(mi("W"), mi("l"))}${mo("+")}${sub(mi("b"), mi("l"))}${mo(")")}`,
  "network.init": `<mtext>He: </mtext>${mi("w")}${mo("~")}${mi("N")}${mo("(")}${mn("0")}${mo(",")}<mfrac>${mn("2")}${mi("D")}</mfrac>${mo(")")}${mo(",")}${mi("D")}${mo("=")}${NUMBER_OF_INPUTS}`,
};

/** The fields that have a formula. */
export const FIELDS_WITH_FORMULA = Object.keys(FORMULAS);

/**
 * The formula of a field as a MathML element, null for a field without one.
 * @param {string|undefined} path
 */
export function formulaOf(path) {
  const formula = path && FORMULAS[path];
  if (!formula) return null;
  const parsed = new DOMParser().parseFromString(
    `<math xmlns="${MATHML}" display="block">${formula}</math>`,
    "application/xml",
  );
  return /** @type {Element} */ (document.importNode(parsed.documentElement, true));
}
