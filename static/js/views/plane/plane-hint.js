// What a hand does on the empty plane, in the words of the tool in it and of a finger or a mouse.

import { t } from "../../core/messages.js";
import { setText } from "../dom.js";

/** @param {HTMLElement} element */
export function createPlaneHint(element) {
  const fingers = matchMedia("(pointer: coarse)");
  return {
    /** @param {import("./tools.js").Tool|null} tool null: no hint */
    show(tool) {
      const text = tool && hintOf(tool, fingers.matches);
      element.hidden = !text;
      if (text) setText(element, text);
    },
  };
}

/** Of an empty plane there is nothing to select or to erase. @param {import("./tools.js").Tool} tool @param {boolean} isFinger */
function hintOf(tool, isFinger) {
  if (tool === "paint") return t("Drag over the plane to add many points");
  if (tool !== "point") return null;
  return isFinger ? t("Tap to add a point, drag to move it") : t("Click to add a point, drag to move it");
}
