// Text onto the clipboard, the old way too where pages are not trusted with it: it needs https or this computer.

import { t } from "../core/messages.js";
import { h } from "./dom.js";

/** Copy a text; fails in words where the browser does not let it. @param {string} text @returns {Promise<void>} */
export async function copyText(text) {
  const isCopied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (!isCopied && !copyBySelection(text))
    throw new Error(
      t("The browser does not let this page copy. Open it over https, or select the text and copy it by hand."),
    );
}

/** @param {string} text */
function copyBySelection(text) {
  const before = document.activeElement;
  const box = h("textarea", { class: "hidden-text", readonly: true, "aria-hidden": true });
  box.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  box.select();
  const isCopied = document.execCommand("copy");
  box.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
