// A button of the room's bar with what it opens under it.

import { h } from "../dom.js";
import { placeBeside } from "../help/help.js";

/**
 * @param {string} label
 * @param {HTMLElement} content
 * @param {{onOpen?: () => void}} [options]
 */
export function createPopoverButton(label, content, { onOpen = () => {} } = {}) {
  const panel = h(
    "div",
    { popover: "auto", class: "popover room-panel", role: "dialog", "aria-label": label },
    content,
  );
  const button = h("button", { type: "button", class: "button small" }, label);
  button.popoverTargetElement = panel;
  panel.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    onOpen();
    placeBeside(panel, button);
  });
  return { button, panel };
}
