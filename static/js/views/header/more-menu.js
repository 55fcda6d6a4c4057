// The menu of a phone's "⋯": what its head has no room for, each pressing the button that the wide page has.

import { h, listen } from "../dom.js";
import { placeBeside } from "../help/help.js";

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} panel a popover
 * @param {HTMLButtonElement[]} wide the buttons of the wide page, in the order of the menu
 */
export function createMoreMenu(button, panel, wide) {
  const draw = () => panel.replaceChildren(...wide.filter((one) => !one.hidden).map((one) => item(one, panel, button)));
  return {
    destroy: listen(panel, {
      beforetoggle: ({ newState }) => newState === "open" && draw(),
      toggle: () => panel.matches(":popover-open") && placeBeside(panel, button),
    }),
  };
}

/**
 * @param {HTMLButtonElement} wide the button of the wide page
 * @param {HTMLElement} panel
 * @param {HTMLElement} anchor
 */
function item(wide, panel, anchor) {
  const press = () => {
    panel.hidePopover();
    const target = /** @type {HTMLElement|null} */ (wide.popoverTargetElement);
    if (!target) return wide.click();
    wide.dispatchEvent(new Event("pointerenter")); // fills it
    target.showPopover();
    placeBeside(target, anchor);
  };
  const { disabled } = wide;
  const name = wide.getAttribute("aria-label") ?? wide.textContent ?? "";
  return h("button", { type: "button", class: "menu-item", disabled, on: { click: press } }, h("strong", {}, name));
}
