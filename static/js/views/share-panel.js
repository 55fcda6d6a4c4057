// Links to this experiment: one that may edit, one that may only watch; and a fork.

import { inSentence, t } from "../core/messages.js";
import { h } from "./dom.js";
import { placeBeside } from "./help.js";

/**
 * @param {HTMLButtonElement} button opens the panel
 * @param {HTMLElement} panel a popover
 * @param {{editUrl: string|null, viewUrl: string, onFork: () => void, onCopied: (what: string) => void}} options
 */
export function createSharePanel(button, panel, { editUrl, viewUrl, onFork, onCopied }) {
  const links = [
    ...(editUrl ? [link(t("Link to edit"), t("Who has it can change everything."), editUrl, onCopied)] : []),
    link(t("Link to watch"), t("Shows everything live, changes nothing."), viewUrl, onCopied),
  ];
  const fork = h("button", { type: "button", class: "button", on: { click: onFork } }, t("Fork"));
  const forkRow = h(
    "div",
    { class: "row" },
    h("p", { class: "quiet" }, t("A copy of your own, with its weights.")),
    fork,
  );
  panel.replaceChildren(h("h2", {}, t("Share")), ...links, forkRow);
  panel.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") placeBeside(panel, button);
  });
}

/**
 * @param {string} name
 * @param {string} help
 * @param {string} url
 * @param {(what: string) => void} onCopied
 */
function link(name, help, url, onCopied) {
  const box = h("input", {
    class: "link-box",
    type: "text",
    readonly: true,
    value: url,
    "aria-label": name,
    on: { focus: () => box.select() },
  });
  const copy = h(
    "button",
    { type: "button", class: "button", "aria-label": t("Copy {name}", { name: inSentence(name) }) },
    t("Copy"),
  );
  copy.addEventListener("click", async () => {
    await copyText(url, box);
    onCopied(name);
  });
  return h(
    "div",
    { class: "link" },
    h("strong", {}, name),
    h("p", { class: "quiet" }, help),
    h("div", { class: "row" }, box, copy),
  );
}

/** The clipboard needs https or localhost; elsewhere the old way still works. @param {string} text @param {HTMLInputElement} box */
async function copyText(text, box) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    box.select();
    document.execCommand("copy");
  }
}
