// Reads what a person typed where a number is wanted. Pure.

import { FULL, OFF } from "./format.js";

/** @typedef {import("./types.js").FieldSpec} FieldSpec */

/**
 * A number; null for an empty or "off" text where that is allowed; undefined for anything else.
 * @param {string} typed
 * @param {boolean} nullable
 */
export function parseNumber(typed, nullable) {
  const text = typed.trim().replace("−", "-").replace(",", ".").toLowerCase();
  if (text === "" || text === OFF) return nullable ? null : text === OFF ? 0 : undefined;
  const [, digits, percent] = text.match(/^(.+?)\s*(%?)$/) ?? [];
  const value = Number(digits);
  if (!Number.isFinite(value)) return undefined;
  return percent ? value / 100 : value;
}

/** 50,000 as the page writes it, or 50.000, where a field goes beyond 1,000. */
const GROUPED = /^[1-9]\d{0,2}([,.]\d{3})+$/;

/**
 * A value that the field may have, or undefined. In a field of percentages 95 and 0.95 are the same.
 * @param {string} typed
 * @param {FieldSpec} spec
 */
export function typedValue(typed, spec) {
  if (spec.full && typed.trim().toLowerCase() === FULL) return spec.maximum;
  const text = Number(spec.maximum) > 1000 && GROUPED.test(typed.trim()) ? typed.replace(/\D/g, "") : typed;
  const value = parseNumber(text, Boolean(spec.nullable));
  if (typeof value !== "number") return value;
  const meant = spec.percent && value > 1 && !typed.includes("%") ? value / 100 : value;
  return isWithin(meant, spec) ? meant : undefined;
}

/** @param {number} value @param {FieldSpec} spec */
function isWithin(value, { type, minimum, maximum, exclusive_minimum, exclusive_maximum }) {
  return (
    (type !== "integer" || Number.isInteger(value)) &&
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (exclusive_minimum ?? -Infinity) &&
    value < (exclusive_maximum ?? Infinity)
  );
}
