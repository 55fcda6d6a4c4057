// Short messages at the edge of the window: what went wrong, in the server's words, or that a link was copied.

import { t } from "../core/messages.js";
import { h } from "./dom.js";

const SHOWN_MS = 7000;
const MOST = 3;

/**
 * @param {HTMLElement} element a live region
 * @param {(problem: string) => Promise<string>} say the server's words as they stand on screen
 */
export function createToasts(element, say) {
  return {
    /** @param {string} text @param {"problem"|"note"} [kind] @param {number} [shown_ms] */
    async show(text, kind = "problem", shown_ms = SHOWN_MS) {
      const message = kind === "problem" ? await say(text) : text;
      if ([...element.children].some((toast) => toast.firstChild?.textContent === message)) return;
      const close = h(
        "button",
        { type: "button", class: "button icon quiet", "aria-label": t("Dismiss"), on: { click: () => toast.remove() } },
        "×",
      );
      const toast = h("div", { class: `toast ${kind}` }, h("span", {}, message), close);
      while (element.children.length >= MOST) element.firstChild?.remove();
      element.append(toast);
      setTimeout(() => toast.remove(), shown_ms);
    },
  };
}
