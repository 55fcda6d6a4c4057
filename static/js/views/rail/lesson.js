// The rail's lesson: a text beside what it tells of, with numbered buttons that do what it says; without one, the way to some.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {{title: string, patch: Record<string, any>}} Trial */
/** @typedef {{section: string, title: string, notice: string, trials?: Trial[]}} Lesson */

/**
 * @param {HTMLElement} element
 * @param {{onTry: (patch: Record<string, any>) => void, onGallery: () => void}} options
 */
export function createLesson(element, { onTry, onGallery }) {
  const more = () =>
    h("button", { type: "button", class: "button lesson-more", on: { click: onGallery } }, t("Open the gallery"));
  element.replaceChildren(
    h("h2", {}, t("Experiments to try")),
    h("p", {}, t("Each comes from the note, runs at once and says here what there is to notice.")),
    more(),
  );
  return {
    /** @param {Lesson} lesson */
    show({ section, title, notice, trials = [] }) {
      element.replaceChildren(
        h("p", { class: "crumb quiet" }, section),
        h("h2", {}, title),
        h("p", {}, notice),
        ...trials.map((trial, index) => trialButton(trial, index + 1, () => onTry(trial.patch))),
        h("div", { class: "lesson-foot" }, more()),
      );
    },
  };
}

/** @param {Trial} trial @param {number} number @param {() => void} click */
function trialButton({ title }, number, click) {
  return h(
    "button",
    { type: "button", class: "trial", on: { click } },
    h("span", { class: "trial-number", "aria-hidden": true }, String(number)),
    h("span", {}, title),
  );
}
