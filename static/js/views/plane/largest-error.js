// The largest error of a fitted curve, which the plane marks by a dashed line; what finds it is fetched with the first curve.

import { formatLoss } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { lazy } from "../lazy.js";

/** @param {() => void} onReady told when it can be said */
export function createLargestError(onReady) {
  const curves = lazy(() => import("../../core/curves.js"), onReady);
  return {
    /** In words; nothing where no curve is fitted. @param {import("../../core/types.js").LabDocument} document @param {import("../../core/types.js").Regions|null} regions */
    of({ task, points }, regions) {
      if (task !== "curve_fitting" || !regions?.values) return "";
      curves.want();
      const known = curves.now();
      if (!known) return "";
      const error = known.worstPoint(known.curveOf(regions), regions.x_range, points)?.error;
      return t("largest error {error}", { error: formatLoss(error) });
    },
  };
}
