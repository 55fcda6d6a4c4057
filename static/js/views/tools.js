// What a drag on the empty plane does: nothing, select points, paint points of the chosen class, or erase. Toggles, at most
// one on.

import { t } from "../core/messages.js";
import { h } from "./dom.js";
import { helpButton } from "./help.js";

/** @typedef {"point"|"select"|"paint"|"erase"} Tool */

/** @type {{name: Tool, label: string, help: string}[]} */
const TOOLS = [
  { name: "select", label: t("Select"), help: t("Drag a frame around points, then drag, recolour or delete them together") },
  { name: "paint", label: t("Paint"), help: t("Drag over the plane to add many points") },
  { name: "erase", label: t("Erase"), help: t("Click or drag over points to delete them") },
];

/**
 * @param {HTMLElement} element
 * @param {{onChoose: (tool: Tool) => void, keys: string}} options keys: what mouse and keyboard do on the plane
 */
export function createTools(element, { onChoose, keys }) {
  /** @type {Tool} */
  let chosen = "point";
  const buttons = TOOLS.map(({ name, label, help }) => ({
    name,
    button: h(
      "button",
      { type: "button", class: "chip", title: help, "aria-pressed": "false", on: { click: () => choose(name) } },
      label,
    ),
  }));
  /** @param {Tool} tool */
  const choose = (tool) => {
    chosen = tool === chosen ? "point" : tool;
    for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(name === chosen));
    onChoose(chosen);
  };
  element.append(
    ...buttons.map(({ button }) => button),
    helpButton({ label: t("Points and tools"), about: "points", note: keys }),
  );
}
