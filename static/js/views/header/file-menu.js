// The file menu: what can be saved, opened and downloaded, as a popover of plain buttons and links.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {{name: string, help: string, onPress: () => void}} Command */
/** @typedef {{name: string, help: string, href: string}} Download the server names the file */
/** @typedef {{name: string, help: string, accept: string, onFile: (file: File) => void}} Opening */

/**
 * @param {HTMLElement} panel a popover
 * @param {(Command|Download|Opening)[]} entries
 * @param {Download[]} recent experiments of this browser; none leaves it
 */
export function createFileMenu(panel, entries, recent) {
  panel.replaceChildren(h("h2", {}, t("File")), ...entries.map((entry) => item(entry, () => panel.hidePopover())));
  if (recent.length) panel.append(h("h3", {}, t("Recent")), ...recent.map(recentItem));
}

/** @param {Download} entry */
const recentItem = ({ name, help, href }) =>
  h("a", { class: "menu-item", href }, h("strong", {}, name), h("span", { class: "quiet" }, help));

/** @param {Command|Download|Opening} entry @param {() => void} close */
function item(entry, close) {
  const content = [h("strong", {}, entry.name), h("span", { class: "quiet" }, entry.help)];
  if ("href" in entry)
    return h("a", { class: "menu-item", href: entry.href, download: true, on: { click: close } }, ...content);
  if ("onPress" in entry)
    return h(
      "button",
      { type: "button", class: "menu-item", on: { click: () => (close(), entry.onPress()) } },
      ...content,
    );
  return opening(entry, content, close);
}

/** @param {Opening} entry @param {HTMLElement[]} content @param {() => void} close */
function opening({ accept, onFile }, content, close) {
  const input = h("input", { type: "file", accept, class: "hidden-text", "aria-label": content[0].textContent });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = ""; // the same file may be opened again
    close();
    if (file) onFile(file);
  });
  return h("label", { class: "menu-item" }, input, ...content);
}
