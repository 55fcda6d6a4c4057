// The share of points that is held out, as a control shows it, and why the control has nothing to act on. Pure.

import { t } from "./messages.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */

/** The share of the points that is held out, in whole percents; 0 without points. @param {LabDocument} document */
export function shareHeldOut({ points }) {
  const count = points.filter(({ held_out }) => held_out).length;
  return points.length ? Math.round((100 * count) / points.length) / 100 : 0;
}

/**
 * Why no share of the points can be held out; empty where one can. At least one point of each class stays for training.
 * @param {LabDocument} document
 */
export function reasonNotToHoldOut({ points, task }) {
  if (!points.length) return t("There are no points to hold out.");
  const labels = points.map(({ label }) => (task === "classification" ? label : 0));
  const isAlone = labels.length === new Set(labels).size;
  return isAlone ? t("Each class needs two points: one of them stays for training.") : "";
}
