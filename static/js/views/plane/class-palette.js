// The palette: which class the next click adds. One radio button per class, told by colour and by shape.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { classMark, className } from "./class-mark.js";

/**
 * @param {HTMLElement} element
 * @param {{onChoose: (label: number) => void}} options
 */
export function createClassPalette(element, { onChoose }) {
  let shown = "";

  /** @param {number} label @param {string} [ownName] */
  const option = (label, ownName) => {
    const input = h("input", {
      type: "radio",
      name: "class",
      value: label,
      "aria-keyshortcuts": label + 1,
      on: { change: () => onChoose(label) },
    });
    const number = t("Class {label}, {mark}", { label, mark: className(label) });
    const name = ownName ? `${number}: ${ownName}` : number;
    return h(
      "label",
      { class: "swatch", title: t("{name} (key {key})", { name, key: label + 1 }) },
      input,
      classMark(label),
      h("span", { class: "hidden-text" }, name),
    );
  };

  return {
    /** @param {number} classes @param {number} chosen @param {string[]} [names] */
    show(classes, chosen, names = []) {
      const wanted = JSON.stringify([classes, names]);
      if (wanted !== shown) {
        element.replaceChildren(...Array.from({ length: classes }, (_, label) => option(label, names[label])));
        shown = wanted;
      }
      for (const input of element.querySelectorAll("input")) input.checked = Number(input.value) === chosen;
    },
    destroy: () => element.replaceChildren(),
  };
}
