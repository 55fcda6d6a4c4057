// Text onto the clipboard, the old way too where pages are not trusted with it: it needs https or this computer.

import { t } from "../core/messages.js";
import { h } from "./dom.js";

/**
 * Copy a text; fails in words where the browser does not let it.
 * @param {string} text
 * @param {{isFile?: boolean}} [options] whether it is no text on the page but one that may be downloaded
 * @returns {Promise<void>}
 */
export async function copyText(text, { isFile = false } = {}) {
  const isCopied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (!isCopied && !copyBySelection(text))
    throw new Error(
      isFile
        ? t("The browser does not let this page copy. Open it over https, or download it instead.")
        : t("The browser does not let this page copy. Open it over https, or select the text and copy it by hand."),
    );
}

/** @param {string} text */
function copyBySelection(text) {
  const before = document.activeElement;
  const box = h("textarea", { class: "hidden-text", readonly: true, "aria-hidden": true });
  box.value = text;
  box.style.whiteSpace = "pre"; // else tabs are copied as blanks
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  box.focus();
  box.select();
  const isCopied = document.execCommand("copy");
  box.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
