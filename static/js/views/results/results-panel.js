// What training has reached: loss and accuracy on training and on test points, two buttons of which one is drawn in the chart.

import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { rootMeanSquare } from "../../core/fitted-values.js";
import { t } from "../../core/messages.js";
import { setText } from "../dom.js";
import { ACCURACY, LOSS, createProgressChart } from "./progress-chart.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Snapshot} Snapshot */
/**
 * @typedef {{snapshot: Snapshot, series: import("../../core/series.js").Series, colours: import("../header/theme.js").Colours,
 *   document: LabDocument}} ResultsState
 */

/** @param {{body: HTMLElement, tools: HTMLElement}} places body: with the figures' and the chart's places; tools: for the chart's */
export function createResultsPanel({ body, tools }) {
  const chart = createProgressChart(/** @type {HTMLElement} */ (body.querySelector(".chart")), tools);
  const [loss, accuracy] = [...body.querySelectorAll(".kind")].map(kindIn);
  const kinds = [
    { button: loss.button, kind: LOSS },
    { button: accuracy.button, kind: ACCURACY },
  ];
  let chosen = LOSS;
  /** @param {Event} event */
  const choose = (event) => {
    for (const { button, kind } of kinds) {
      const isChosen = button === event.currentTarget;
      button.setAttribute("aria-pressed", String(isChosen));
      if (isChosen) chart.choose((chosen = kind));
    }
  };
  for (const { button } of kinds) button.addEventListener("click", choose);

  /** @param {ResultsState} state @param {{training: number, test: number}} counts @param {import("../../core/marks.js").Mark[]} marks */
  function show(state, counts, marks) {
    const { snapshot, series, colours, document } = state;
    const isFit = document.task !== "classification";
    loss.show(formatLoss(snapshot.loss), formatLoss(snapshot.test_loss), partsOf(snapshot));
    accuracy.button.disabled = isFit;
    for (const { button, kind } of kinds) button.setAttribute("aria-pressed", String(kind === (isFit ? LOSS : chosen)));
    accuracy.rename(isFit ? t("RMS error") : t("Accuracy"));
    accuracy.show(
      isFit ? formatLoss(rootMeanSquare(snapshot.data_loss)) : formatPercent(snapshot.accuracy),
      isFit ? formatLoss(rootMeanSquare(snapshot.test_loss)) : formatPercent(snapshot.test_accuracy),
      countsInWords(counts),
    );
    chart.show({ series, colours, step: snapshot.step, now: snapshot, marks, hasAccuracy: !isFit });
  }

  return {
    show,
    destroy() {
      for (const { button } of kinds) button.removeEventListener("click", choose);
      chart.destroy();
    },
  };
}

/** One of the buttons: a name, a value on training and one on test points. @param {Element} element */
function kindIn(element) {
  const button = /** @type {HTMLButtonElement} */ (element);
  const name = /** @type {Element} */ (button.querySelector(".kind-name"));
  const [training, test] = button.querySelectorAll(".value");
  return {
    button,
    /** @param {string} newName */
    rename(newName) {
      setText(name, newName);
      if (button.ariaLabel !== newName) button.ariaLabel = newName;
    },
    /** @param {string} trainingText @param {string} testText @param {string} explanation */
    show(trainingText, testText, explanation) {
      setText(training, trainingText);
      setText(test, testText);
      if (button.title !== explanation) button.title = explanation;
    },
  };
}

/** @param {Snapshot} snapshot */
function partsOf({ data_loss: data, reg_loss: reg }) {
  return t("{data} data + {reg} regularization", { data: formatLoss(data), reg: formatLoss(reg) });
}

/** @param {{training: number, test: number}} counts */
function countsInWords({ training, test }) {
  const parts = [t("on {count} training points", { count: formatCount(training) })];
  if (test) parts.push(t("on {count} held-out points", { count: formatCount(test) }));
  return parts.join(", ");
}
