// How the plane is shown: probability, flat regions, raw scores, or with a contour at 0.5. The template has the radio group; a
// narrow stage has a list in its place. The choice is remembered. Beside it, help.

import { t } from "../../core/messages.js";
import { h, listen, setText } from "../dom.js";
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
 * @param {{group: HTMLElement, list: HTMLSelectElement}} places of which CSS shows one
 * @param {{onChoose: (mode: PlaneMode) => void}} options told the remembered choice at once
 */
export function createPlaneModes({ group, list }, { onChoose }) {
  const inputs = [...group.querySelectorAll("input")];
  list.replaceChildren(
    ...inputs.map(({ value, parentElement }) => h("option", { value }, parentElement?.textContent?.trim() ?? "")),
  );
  const show = (/** @type {string} */ mode) => {
    for (const input of inputs) input.checked = input.value === mode;
    list.value = mode;
    onChoose(/** @type {PlaneMode} */ (mode));
  };
  const choose = (/** @type {string} */ mode) => {
    keep(KEY, mode);
    show(mode);
  };
  const ends = [
    ...inputs.map((input) => listen(input, { change: () => choose(input.value) })),
    listen(list, { change: () => choose(list.value) }),
  ];
  const kept = inputs.find(({ value }) => value === recall(KEY)) ?? inputs[0];
  show(kept.value);
  const helps = createHelps();
  list.after(...helps.map((help) => help.element));
  return {
    /** @param {string} task @param {string} note what there is to say of the fit */
    show(task, note) {
      group.hidden = list.hidden = task !== "classification";
      for (const help of helps) {
        help.element.hidden = help.task !== task;
        setText(help.note, note);
      }
    },
    destroy() {
      for (const end of ends) end();
      for (const help of helps) help.element.remove();
      list.replaceChildren();
    },
  };
}

/** A help for each task; what is fitted is named beside it. */
function createHelps() {
  return Object.entries(PICTURES).map(([task, picture]) => {
    const help = helpButton(picture);
    const note = h("span", { class: "fit-note" });
    const name = h("span", { class: "fit-name" }, picture.label);
    const element = task === "classification" ? help : h("span", { class: "quiet fit" }, name, note, help);
    return { task, element, note };
  });
}
