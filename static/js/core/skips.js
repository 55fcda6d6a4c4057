// Skip connections [from, to] between layers: 0 is the input, the last number is the output layer. What is left of them
// when layers come and go, and which more there can be. Pure.

import { t } from "./messages.js";

/** @typedef {import("./types.js").Network["skips"]} Skips */

/**
 * Without one hidden layer: links of it go, links over it now lead between other numbers.
 * @param {Skips} skips
 * @param {number} layer from 1
 */
export function withoutLayer(skips, layer) {
  const number = (/** @type {number} */ each) => (each > layer ? each - 1 : each);
  return skips
    .filter(([from, to]) => from !== layer && to !== layer)
    .map(([from, to]) => /** @type {[number, number]} */ ([number(from), number(to)]))
    .filter(([from, to]) => to - from > 1);
}

/** With one more hidden layer after layer `after`; 0 is the input. @param {Skips} skips @param {number} after */
export function withNewLayer(skips, after) {
  const number = (/** @type {number} */ each) => (each > after ? each + 1 : each);
  return skips.map(([from, to]) => /** @type {[number, number]} */ ([number(from), number(to)]));
}

/** All links over at least one layer that are not there yet. @param {Skips} skips @param {number} hidden @returns {Skips} */
export function possibleSkips(skips, hidden) {
  /** @type {Skips} */
  const found = [];
  for (let from = 0; from <= hidden; from++)
    for (let to = from + 2; to <= hidden + 1; to++)
      if (!skips.some((skip) => skip[0] === from && skip[1] === to)) found.push([from, to]);
  return found;
}

/** @param {number[]} skip @param {number} hidden */
export function skipName([from, to], hidden) {
  const name = (/** @type {number} */ layer) =>
    layer === 0 ? t("Inputs") : layer === hidden + 1 ? t("Scores") : t("Hidden {number}", { number: layer });
  return `${name(from)} → ${name(to)}`;
}
