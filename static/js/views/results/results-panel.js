// What training has reached: loss and its two parts, accuracy on training and on test points, and their chart.

import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { rootMeanSquare } from "../../core/fitted-values.js";
import { t } from "../../core/messages.js";
import { setText } from "../dom.js";
import { createProgressChart } from "./progress-chart.js";

/** @param {HTMLElement} element with the figures' and the chart's places */
export function createResultsPanel(element) {
  const [loss, accuracy, test] = [...element.querySelectorAll(".figure")].map(figureIn);
  const chart = createProgressChart(/** @type {HTMLElement} */ (element.querySelector(".chart")));
  /** @type {typeof import("../../core/curves.js")|null} comes with the first curve */
  let curves = null;

  /** @type {Parameters<typeof view.show>} */
  let last;

  const fetchCurves = () => {
    void import("../../core/curves.js").then((module) => {
      curves = module;
      view.show(...last);
    });
    return null;
  };

  /** The largest error of a fitted curve in words. @param {import("../../core/types.js").LabDocument} document @param {import("../../core/types.js").Regions|null} regions */
  const largest = ({ task, points }, regions) => {
    if (task !== "curve_fitting" || !regions?.values) return null;
    if (!curves) return fetchCurves();
    const error = formatLoss(curves.worstPoint(curves.curveOf(regions), regions.x_range, points)?.error);
    return t("largest error {error}", { error });
  };

  const view = {
    /**
     * @param {{snapshot: import("../../core/types.js").Snapshot, series: import("../../core/series.js").Series,
     *   colours: import("../header/theme.js").Colours, document: import("../../core/types.js").LabDocument,
     *   regions: import("../../core/types.js").Regions|null}} state
     * @param {{training: number, test: number}} counts
     * @param {import("../../core/marks.js").Mark[]} marks
     */
    show(state, counts, marks) {
      last = [state, counts, marks];
      const { snapshot, series, colours, document, regions } = state;
      loss.show(
        formatLoss(snapshot.loss),
        t("{data} data + {reg} regularization", {
          data: formatLoss(snapshot.data_loss),
          reg: formatLoss(snapshot.reg_loss),
        }),
      );
      const [training, heldOut] = [
        t("on {count} training points", { count: formatCount(counts.training) }),
        t("on {count} held-out points", { count: formatCount(counts.test) }),
      ];
      const fits = document.task !== "classification";
      accuracy.rename(fits ? t("RMS error") : t("Accuracy"));
      test.rename(fits ? t("Test RMS error") : t("Test accuracy"));
      accuracy.show(
        fits ? formatLoss(rootMeanSquare(snapshot.data_loss)) : formatPercent(snapshot.accuracy),
        largest(document, regions) ?? training,
      );
      test.show(fits ? formatLoss(rootMeanSquare(snapshot.test_loss)) : formatPercent(snapshot.test_accuracy), heldOut);
      chart.show({ series, colours, step: snapshot.step, marks, hasAccuracy: !fits });
    },
    destroy: chart.destroy,
  };
  return view;
}

/** @param {Element} element */
function figureIn({ children: [name, value, note] }) {
  return {
    /** @param {string} newName */
    rename: (newName) => setText(name, newName),
    /** @param {string} text @param {string} explanation */
    show(text, explanation) {
      setText(value, text);
      setText(note, explanation);
    },
  };
}
