// Numbers inside the network, short enough to stand in rows and sums. Knows nothing of the page.

import { withSign } from "./decimals.js";

/** @param {number} value three significant digits at most, a true minus sign */
export function formatNumber(value) {
  if (!Number.isFinite(value)) return "∞";
  const size = Math.abs(value);
  if (size >= 1e4 || (size > 0 && size < 5e-4)) return value.toExponential(0).replace("e+", "e").replaceAll("-", "−");
  return withSign(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3).replace("-", "−"));
}

/** A weight or bias as it is edited: the four significant digits that frames carry. @param {number} value */
export function formatWeight(value) {
  if (!Number.isFinite(value)) return "∞";
  const size = Math.abs(value);
  const text = size > 0 && size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return withSign(text.replace("e+", "e").replaceAll("-", "−"));
}

/** A factor in a product: negative numbers in brackets. @param {number} value */
export function asFactor(value) {
  return value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
}

/** A further term of a sum, with its sign. @param {number} value */
export function asTerm(value) {
  return value < 0 ? `− ${formatNumber(-value)}` : `+ ${formatNumber(value)}`;
}
