// The menu of a phone's "⋯": what its head has no room for, each pressing the button that the wide page has.

import { byId, h } from "../dom.js";
import { placeBeside } from "../help/help.js";

/** In this order. */
const HIDDEN = ["redo", "compare", "file", "theme", "help"];

/** @param {HTMLButtonElement} button @param {HTMLElement} panel a popover */
export function createMoreMenu(button, panel) {
  const draw = () => panel.replaceChildren(...HIDDEN.map((id) => item(byId(id), panel, button)));
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") draw();
  });
  panel.addEventListener("toggle", () => panel.matches(":popover-open") && placeBeside(panel, button));
}

/**
 * @param {HTMLElement} wide the button of the wide page
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
function item(wide, panel, anchor) {
  const press = () => {
    panel.hidePopover();
    const target = document.getElementById(wide.getAttribute("popovertarget") ?? "");
    if (!target) return wide.click();
    wide.dispatchEvent(new Event("pointerenter")); // fills it
    target.showPopover();
    placeBeside(target, anchor);
  };
  const { disabled } = /** @type {HTMLButtonElement} */ (wide);
  const name = wide.getAttribute("aria-label") ?? wide.textContent ?? "";
  return h("button", { type: "button", class: "menu-item", disabled, on: { click: press } }, h("strong", {}, name));
}
