// The decimal sign of the page's language: 0.5 in English, 0,5 in German.

import { language } from "./messages.js";

/** @param {string} of a language */
export const decimalSign = (of) =>
  new Intl.NumberFormat(of).formatToParts(0.5).find(({ type }) => type === "decimal")?.value ?? ".";

const SIGN = decimalSign(language);

/** A number's text, made with a point, as the language has it. @param {string} text @param {string} [sign] */
export const withSign = (text, sign = SIGN) => text.replace(".", sign);

/** So many digits after the decimal sign, a true minus before. @param {number} value @param {number} digits @param {string} [sign] */
export const fixed = (value, digits, sign = SIGN) => withSign(value.toFixed(digits).replace("-", "−"), sign);
