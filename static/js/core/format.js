// Numbers as people read them: counts, losses, percentages, settings. Knows nothing of the page.

import { withSign } from "./decimals.js";
import { language, t } from "./messages.js";

/** Stands where a value is not known (yet): an empty data set has no loss. */
export const UNKNOWN = "–";

/** Shown where a setting is empty. */
export const OFF = t("off");

/** Shown where a setting has its largest value and that stands for all there is. */
export const FULL = t("full");

const COUNT = new Intl.NumberFormat("en");

/** Between thousands. A comma or a point means something else in most languages; a narrow space does in none. */
const GROUP = language === "en" ? "," : "\u202f";

/** @param {number|null|undefined} value a whole number: 12,345; in other languages with narrow spaces */
export function formatCount(value) {
  return value == null ? UNKNOWN : COUNT.format(value).replaceAll(",", GROUP);
}

/** @param {number|null|undefined} value three significant digits, so that small losses stay visible, in seven signs at most */
export function formatLoss(value) {
  if (value == null) return UNKNOWN;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-4) return withSign(value.toExponential(1));
  return size >= 999.5 ? value.toFixed(0) : withSign(value.toPrecision(size < 1e-3 ? 2 : 3));
}

/** @param {number|null|undefined} share 0..1 */
export function formatPercent(share) {
  return share == null ? UNKNOWN : `${withSign((share * 100).toFixed(1))} %`;
}

/** @param {number|null|undefined} share 0..1, where there is no room for more */
export const formatRoundPercent = (share) => (share == null ? UNKNOWN : `${Math.round(share * 100)} %`);

/** @param {number|null|undefined} epoch */
export function formatEpoch(epoch) {
  return epoch == null ? UNKNOWN : formatCount(Math.floor(epoch));
}

/**
 * A setting's value without noise digits: 0.03, 1e-5, 50000.
 * @param {number} value
 */
export function formatSetting(value) {
  if (Number.isInteger(value)) return String(value);
  if (Math.abs(value) < 1e-3) return withSign(value.toExponential().replace("e+", "e"));
  return withSign(String(Number(value.toPrecision(6))));
}

/** A field's value as it stands in its box. @param {number|null} value @param {import("./types.js").FieldSpec} spec */
export function formatField(value, { percent, full, maximum }) {
  if (value === null) return OFF;
  if (full && value === maximum) return FULL;
  return formatSetting(percent ? value * 100 : value);
}

/** @param {number} share 0..1 with three digits, as a probability is written */
export function formatProbability(share) {
  return withSign(share.toFixed(3));
}

/** A small number against one: 0.0012, 3.4e-6. @param {number|null} ratio */
export function formatShare(ratio) {
  if (ratio === null) return UNKNOWN;
  const isTiny = ratio !== 0 && ratio < 1e-4;
  return withSign(isTiny ? ratio.toExponential(1) : String(Number(ratio.toPrecision(2))));
}

/** @param {number} value a coordinate of the plane */
export function formatCoordinate(value) {
  return withSign(value.toFixed(2).replace("-", "−"));
}
