// A slider's stops: the list of round values a field's slider can rest on, made from its catalog row.
// A list, not a formula, so that one arrow key is one visible change on a linear as on a logarithmic scale.

/** Ten round steps per decade, so that values read well: 0.01, 0.012, 0.015, 0.02, ... */
const DECADE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** Linear sliders without a step of their own get about this many stops. */
const LINEAR_STOPS = 100;

/**
 * The values of a field's slider in ascending order. `null` (for nullable fields) or 0 (for logarithmic fields that may
 * be 0) stands first and means "off".
 * @param {import("./types.js").FieldSpec} spec
 * @returns {(number|null)[]}
 */
export function sliderStops(spec) {
  const [low, high] = sliderRange(spec);
  const inside = spec.scale === "log" ? logStops(low, high) : linearStops(low, high, linearStep(spec, low, high));
  const whole = spec.type === "integer" ? [...new Set(inside.map(Math.round))] : inside;
  return [...offStop(spec), ...whole];
}

/**
 * Index of the stop nearest to `value`, in the sense of the field's scale.
 * @param {(number|null)[]} stops
 * @param {number|null} value
 * @param {"log"|"linear"} [scale]
 */
export function nearestStop(stops, value, scale = "linear") {
  if (value === null) return Math.max(0, stops.indexOf(null));
  let best = 0;
  let least = Infinity;
  stops.forEach((stop, index) => {
    const distance = stop === null ? Infinity : distanceOn(scale, stop, value);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

/** @param {import("./types.js").FieldSpec} spec @returns {[number, number]} */
function sliderRange(spec) {
  if (spec.slider) return spec.slider;
  return [spec.minimum ?? spec.exclusive_minimum ?? 0, spec.maximum ?? spec.exclusive_maximum ?? 1];
}

/** @param {import("./types.js").FieldSpec} spec @returns {(number|null)[]} */
function offStop(spec) {
  if (spec.nullable) return [null];
  return spec.scale === "log" && spec.minimum === 0 ? [0] : [];
}

/** @param {import("./types.js").FieldSpec} spec @param {number} low @param {number} high */
function linearStep(spec, low, high) {
  return spec.step ?? (spec.type === "integer" ? 1 : (high - low) / LINEAR_STOPS);
}

/** @param {number} low @param {number} high */
function logStops(low, high) {
  const stops = [];
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  for (let power = first; power <= last; power++) {
    for (const factor of DECADE) stops.push(round(factor * 10 ** power));
  }
  return withEnds(stops, low, high);
}

/** @param {number} low @param {number} high @param {number} step */
function linearStops(low, high, step) {
  const count = Math.floor((high - low) / step + 1e-9);
  const stops = Array.from({ length: count + 1 }, (_, i) => round(low + i * step));
  return withEnds(stops, low, high);
}

/** @param {number[]} stops @param {number} low @param {number} high */
function withEnds(stops, low, high) {
  const dust = (high - low) * 1e-9;
  return [low, ...stops.filter((stop) => stop > low + dust && stop < high - dust), high];
}

/** @param {number} value rid of the dust of binary fractions */
function round(value) {
  return Number(value.toPrecision(10));
}

/** @param {"log"|"linear"} scale @param {number} stop @param {number} value */
function distanceOn(scale, stop, value) {
  if (scale === "linear") return Math.abs(stop - value);
  if (stop <= 0 || value <= 0) return stop === value ? 0 : Infinity;
  return Math.abs(Math.log(stop / value));
}
