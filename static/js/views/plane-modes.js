// How the plane is shown: probability, flat regions, or with a contour at 0.5. A radio group; the choice is remembered.
// Beside it, help.

import { t } from "../core/messages.js";
import { PLANE_MODES } from "../core/plane-modes.js";
import { h } from "./dom.js";
import { helpButton } from "./help.js";
import { keep, recall } from "./keepsake.js";

/** @typedef {import("../core/plane-modes.js").PlaneMode} PlaneMode */

const KEY = "nnlab-plane-mode";

/** What is on the plane, by task. */
const PICTURES = {
  classification: { label: t("Show on the plane"), about: "plane" },
  curve_fitting: { label: t("Fitted curve"), about: "curve" },
  surface_fitting: { label: t("Fitted surface"), about: "surface" },
};

/** The remembered choice, else probability. @returns {PlaneMode} */
export function rememberedMode() {
  const kept = recall(KEY);
  return PLANE_MODES.find(({ name }) => name === kept)?.name ?? "probability";
}

/**
 * @param {HTMLElement} element
 * @param {{onChoose: (mode: PlaneMode) => void}} options
 */
export function createPlaneModes(element, { onChoose }) {
  const shown = rememberedMode();
  element.append(h("span", { class: "quiet", "aria-hidden": true }, t("Show")));
  for (const { name, label, help } of PLANE_MODES) {
    const choose = () => {
      keep(KEY, name);
      onChoose(name);
    };
    const input = h("input", { type: "radio", name: "plane-mode", value: name, checked: name === shown, on: { change: choose } });
    element.append(h("label", { class: "segment", title: help }, input, h("span", {}, label)));
  }
  const helps = Object.entries(PICTURES).map(([task, picture]) => {
    const help = helpButton(picture);
    return { task, element: task === "classification" ? help : h("span", { class: "quiet" }, picture.label, " ", help) };
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
