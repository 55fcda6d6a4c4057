// Maps between values and positions: a linear scale, its round tick values. Knows nothing of pixels or canvases.

/** @typedef {{toPixel: (value: number) => number, toValue: (pixel: number) => number}} Scale */

/**
 * A straight-line map of [low, high] onto [from, to].
 * @param {[number, number]} values
 * @param {[number, number]} pixels
 * @returns {Scale}
 */
export function linearScale([low, high], [from, to]) {
  const slope = (to - from) / (high - low || 1);
  return {
    toPixel: (value) => from + (value - low) * slope,
    toValue: (pixel) => low + (pixel - from) / slope,
  };
}

/**
 * A logarithmic map of [low, high] onto [from, to]; values below `low` stand at `from`.
 * @param {[number, number]} values both above 0
 * @param {[number, number]} pixels
 * @returns {Scale}
 */
export function logScale([low, high], pixels) {
  const exponent = linearScale([Math.log10(low), Math.log10(high)], pixels);
  return {
    toPixel: (value) => exponent.toPixel(Math.log10(Math.max(value, low))),
    toValue: (pixel) => 10 ** exponent.toValue(pixel),
  };
}

/**
 * The powers of ten from `low` to `high`.
 * @param {[number, number]} range both powers of ten
 * @returns {number[]}
 */
export function decades([low, high]) {
  const first = Math.round(Math.log10(low));
  const count = Math.round(Math.log10(high)) - first + 1;
  return Array.from({ length: count }, (_, i) => Number((10 ** (first + i)).toPrecision(3)));
}

/**
 * The round number 1, 2 or 5 times a power of ten that cuts `span` into at most `count` parts.
 * @param {number} span
 * @param {number} count
 */
export function tickStep(span, count) {
  if (!(span > 0)) return 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * Round values inside [low, high], at most about `count` of them.
 * @param {[number, number]} range
 * @param {number} count
 * @returns {number[]}
 */
export function ticks([low, high], count) {
  const step = tickStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/**
 * The smallest "round" top of a chart that holds `largest`.
 * @param {number} largest
 */
export function roundTop(largest) {
  if (!(largest > 0)) return 1;
  const step = tickStep(largest, 4);
  return Number((Math.ceil(largest / step - 1e-9) * step).toPrecision(12));
}
