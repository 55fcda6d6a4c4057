// How the plane is shown: probability, flat regions, raw scores, or with a contour at 0.5. The template has the radio group; the
// choice is remembered. Beside it, help.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { helpButton } from "../help/help.js";
import { keep, recall } from "../keepsake.js";

/** @typedef {"probability"|"regions"|"scores"|"contour"} PlaneMode */

const KEY = "nnlab-plane-mode";

/** What is on the plane, by task. */
const PICTURES = {
  classification: { label: t("Show on the plane"), about: "plane" },
  curve_fitting: { label: t("Fitted curve"), about: "curve" },
  surface_fitting: { label: t("Fitted surface"), about: "surface" },
};

/**
 * @param {HTMLElement} element
 * @param {{onChoose: (mode: PlaneMode) => void}} options told the remembered choice at once
 */
export function createPlaneModes(element, { onChoose }) {
  const inputs = [...element.querySelectorAll("input")];
  const choose = (/** @type {HTMLInputElement} */ { value }) => {
    keep(KEY, value);
    onChoose(/** @type {PlaneMode} */ (value));
  };
  for (const input of inputs) input.addEventListener("change", () => choose(input));
  const kept = inputs.find(({ value }) => value === recall(KEY)) ?? inputs[0];
  kept.checked = true;
  onChoose(/** @type {PlaneMode} */ (kept.value));
  const helps = Object.entries(PICTURES).map(([task, picture]) => {
    const help = helpButton(picture);
    return {
      task,
      element: task === "classification" ? help : h("span", { class: "quiet" }, picture.label, " ", help),
    };
  });
  element.after(...helps.map((help) => help.element));
  return {
    /** @param {string} task */
    show(task) {
      element.hidden = task !== "classification";
      for (const help of helps) help.element.hidden = help.task !== task;
    },
  };
}
