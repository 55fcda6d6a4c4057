// What the classes are called: a text field for each of them.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { classMark } from "../plane/class-mark.js";

/**
 * @param {{maxLength: number, setNames: (names: string[]) => void}} options
 */
export function createClassNames({ maxLength, setNames }) {
  const list = h("div", { class: "class-names" });
  const element = h("fieldset", { class: "bare" }, h("legend", {}, t("Class names")), list);
  /** @type {HTMLInputElement[]} */
  let boxes = [];

  const change = () => setNames(boxes.map((box) => box.value.trim()));

  /** @param {number} label */
  const row = (label) => {
    const name = t("Class {label}", { label });
    const box = h("input", {
      class: "text-box",
      type: "text",
      maxlength: maxLength,
      placeholder: name,
      "aria-label": t("Name of class {label}", { label }),
      on: { change },
    });
    boxes.push(box);
    return h("label", { class: "class-name-row" }, classMark(label), box);
  };

  return {
    element,
    /** @param {import("../../core/types.js").LabDocument} document */
    show({ classes, class_names = [] }) {
      if (boxes.length !== classes) {
        boxes = [];
        list.replaceChildren(...Array.from({ length: classes }, (_, label) => row(label)));
      }
      boxes.forEach((box, label) => {
        if (box !== globalThis.document.activeElement) box.value = class_names[label] ?? "";
      });
    },
  };
}
