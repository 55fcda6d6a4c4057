// What the marks on the plane and the lines in the diagram mean, with the number of points of each kind.

import { formatCount } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { classMark } from "../plane/class-mark.js";

/** @param {HTMLElement} element */
export function createLegend(element) {
  const [training, test] = [h("span", {}), h("span", {})];
  element.append(
    h("p", {}, ...marks(false), training),
    h("p", {}, ...marks(true), test),
    h("p", {}, line("positive"), t("weight > 0"), line("negative"), "< 0"),
  );
  return {
    /** @param {import("../../core/types.js").LabDocument} document */
    show({ points }) {
      const heldOut = points.filter((point) => point.held_out).length;
      setText(training, t("{count} training", { count: formatCount(points.length - heldOut) }));
      setText(test, t("{count} test, kept out", { count: formatCount(heldOut) }));
    },
    destroy: () => element.replaceChildren(),
  };
}

/** @param {string} sign */
const line = (sign) => h("span", { class: `legend-line ${sign}`, "aria-hidden": true });

/** @param {boolean} isOpen as points are drawn that are kept out of training */
function marks(isOpen) {
  return [0, 1].map((label) => {
    const mark = classMark(label);
    mark.classList.toggle("is-open", isOpen);
    return mark;
  });
}
