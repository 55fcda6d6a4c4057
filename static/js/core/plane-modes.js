// The ways to show what the network says all over the plane.

import { t } from "./messages.js";

/** @typedef {"probability"|"regions"|"scores"|"contour"} PlaneMode */

/** @type {{name: PlaneMode, label: string, help: string}[]} */
export const PLANE_MODES = [
  { name: "probability", label: t("Probability"), help: t("The stronger the colour, the surer the network") },
  { name: "regions", label: t("Regions"), help: t("Only the predicted class, without shades") },
  { name: "scores", label: t("Scores"), help: t("The stronger the colour, the further the winning raw score is ahead") },
  { name: "contour", label: t("Contour at 0.5"), help: t("Lines where a class's probability is 0.5") },
];
