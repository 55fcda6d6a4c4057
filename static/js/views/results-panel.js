// What training has reached: loss and its two parts, accuracy on training and on test points, and the loss chart.

import { formatCount, formatLoss, formatPercent } from "../core/format.js";
import { h, setText } from "./dom.js";
import { createLossChart } from "./loss-chart.js";

/** @param {HTMLElement} element */
export function createResultsPanel(element) {
  const loss = figure("Loss", "loss");
  const accuracy = figure("Accuracy", "accuracy");
  const test = figure("Test accuracy", "test");
  const place = h("div", { class: "chart" });
  element.append(h("div", { class: "figures" }, loss.element, accuracy.element, test.element), place);
  const chart = createLossChart(place);

  return {
    /**
     * @param {import("../core/types.js").Snapshot} snapshot
     * @param {import("../core/series.js").Series} series
     * @param {import("./theme.js").Colours} colours
     * @param {{training: number, test: number}} counts
     */
    show(snapshot, series, colours, counts) {
      loss.show(formatLoss(snapshot.loss), `${formatLoss(snapshot.data_loss)} data + ${formatLoss(snapshot.reg_loss)} regularization`);
      accuracy.show(formatPercent(snapshot.accuracy), `on ${formatCount(counts.training)} training points`);
      test.show(formatPercent(snapshot.test_accuracy), `on ${formatCount(counts.test)} held-out points`);
      chart.show({ series, colours, step: snapshot.step });
    },
    destroy: chart.destroy,
  };
}

/** @param {string} name @param {string} kind */
function figure(name, kind) {
  const value = h("dd", { class: "value", "data-figure": kind });
  const note = h("dd", { class: "quiet note" });
  return {
    element: h("dl", { class: `figure ${kind}` }, h("dt", {}, name), value, note),
    /** @param {string} text @param {string} explanation */
    show(text, explanation) {
      setText(value, text);
      setText(note, explanation);
    },
  };
}
