// What a drag on the empty plane does: nothing, select points, paint points of the chosen class, or erase. The template has the
// toggles, of which at most one is on.

import { t } from "../../core/messages.js";
import { listen } from "../dom.js";
import { helpButton } from "../help/help.js";

/** @typedef {"point"|"select"|"paint"|"erase"} Tool */

/**
 * @param {HTMLElement} element
 * @param {{onChoose: (tool: Tool) => void, keys: string}} options keys: what mouse and keyboard do on the plane
 */
export function createTools(element, { onChoose, keys }) {
  let chosen = "point";
  const buttons = [...element.querySelectorAll("button")];
  /** @param {string} tool */
  const choose = (tool) => {
    chosen = tool === chosen ? "point" : tool;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.value === chosen));
    onChoose(/** @type {Tool} */ (chosen));
  };
  const help = helpButton({ label: t("Points and tools"), about: "points", note: keys });
  element.after(help);
  const ends = buttons.map((button) => listen(button, { click: () => choose(button.value) }));
  return {
    destroy() {
      for (const end of ends) end();
      help.remove();
    },
  };
}
