// What passes a challenge and who is first, in a sentence each. Pure.

import { formatCount, formatRoundPercent } from "../format.js";
import { t } from "../messages.js";

/** @typedef {import("./types.js").Goal} Goal */

/** @type {Record<Goal["ranks_by"], string>} */
const FIRST = {
  steps: t("The fewest steps win."),
  parameters: t("The fewest parameters win."),
  accuracy: t("The highest accuracy wins."),
};

/** @param {Goal|undefined} goal */
export function goalInWords(goal) {
  if (!goal) return "";
  const { accuracy, most_parameters: most, least_parameters: least, most_steps: steps, ranks_by: by } = goal;
  const parts = [
    t("at least {share} right", { share: formatRoundPercent(accuracy) }),
    most && t("at most {count} parameters", { count: formatCount(most) }),
    least && t("at least {count} parameters", { count: formatCount(least) }),
    steps && t("at most {count} steps", { count: formatCount(steps) }),
  ];
  return t("Goal: {parts}. {first}", { parts: parts.filter(Boolean).join(", "), first: FIRST[by] });
}
