// One update in four phases, in words and figures: what is going on now, and the numbers of that very update.

import { PHASES, countOf, figureOf, BACKWARD, UPDATE } from "../../core/phases.js";
import { formatCount, formatLoss } from "../../core/format.js";
import { t, tn } from "../../core/messages.js";
import { h, setAttribute, setText } from "../dom.js";

/** @typedef {import("../../core/phases.js").Phases} Phases */

/** Title and sentence of each phase, in the note's words. */
const WORDS = [
  { title: t("Forward"), sentence: t("Scores = W·x + b, layer by layer, for the ringed points.") },
  { title: t("Loss"), sentence: t("How wrong these scores are: data loss + regularization.") },
  { title: t("Backward"), sentence: t("The gradient: how each weight changes the loss, last layer first.") },
  { title: t("Update"), sentence: t("Each weight takes a small step against its gradient.") },
];

/** @param {HTMLElement} element */
export function createPhaseCaption(element) {
  const items = WORDS.map(({ title, sentence }, index) => {
    const figures = h("p", { class: "phase-figures" });
    const item = h(
      "li",
      { class: "phase", "data-phase": PHASES[index] },
      h("strong", {}, title),
      h("p", { class: "quiet" }, sentence),
      figures,
    );
    return { item, figures };
  });
  const heading = h("h2", { class: "phases-title" });
  element.append(heading, h("ol", { class: "phase-list" }, ...items.map(({ item }) => item)));

  return {
    /** @param {Phases|null} phases of the newest update, if there is one @param {number|null} current the phase that is shown now */
    show(phases, current) {
      element.classList.toggle("is-waiting", !phases);
      const texts = phases ? figuresOf(phases) : ["", "", "", ""];
      setText(
        heading,
        phases
          ? t("Slow motion: update {number}", { number: formatCount(phases.step + 1) })
          : t("Slow motion: press Run or Step to follow one update"),
      );
      items.forEach(({ item, figures }, index) => {
        setAttribute(item, "aria-current", index === current && "step");
        item.classList.toggle("is-ahead", current !== null && index > current);
        setText(figures, texts[index]);
      });
    },
    destroy: () => element.replaceChildren(),
  };
}

/** The figures of the four phases. @param {Phases} phases */
function figuresOf(phases) {
  const ofLayers = (/** @type {number} */ phase) => phases.layers.map((_, index) => figureOf(phases, phase, index + 1));
  return [
    tn("1 point", "{count} points", phases.points.length, { count: countOf(phases) }),
    `${formatLoss(phases.data_loss)} + ${formatLoss(phases.reg_loss)} = ${formatLoss(phases.loss)}`,
    t("lengths {lengths}", { lengths: ofLayers(BACKWARD).join(" ← ") }),
    t("update : weight {ratios}", { ratios: ofLayers(UPDATE).join(", ") }),
  ];
}

/** The update in one sentence, for those who hear it. @param {Phases} phases */
export function describeUpdate(phases) {
  const output = phases.layers.length;
  return t(
    "Update {number}: loss of {count} points {loss}, gradient of the output layer {gradient}, update to weight {ratio}",
    {
      number: formatCount(phases.step + 1),
      count: countOf(phases),
      loss: formatLoss(phases.loss),
      gradient: figureOf(phases, BACKWARD, output),
      ratio: figureOf(phases, UPDATE, output),
    },
  );
}
