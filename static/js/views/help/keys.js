// What the keyboard does on the page, as a dialog.

import { t } from "../../core/messages.js";
import { dialogHead } from "../dialog-head.js";
import { h } from "../dom.js";

/** @type {[string[], string][]} */
const KEYS = [
  [[t("Space")], t("Run or pause")],
  [["."], t("One step")],
  [["R"], t("Reset")],
  [["Z", "Ctrl+Z"], t("Undo")],
  [["Y", "Ctrl+Shift+Z"], t("Redo")],
  [["1", "8"], t("Class of new points")],
  [[t("Delete")], t("Delete what is selected")],
  [["?"], t("Help for the setting in use, else these keys")],
  [[t("Esc")], t("Close, or select nothing")],
];

/** @param {HTMLDialogElement} dialog @param {string} planeKeys what keys do on the plane @returns {() => void} opens it */
export function createKeys(dialog, planeKeys) {
  const rows = KEYS.map(([keys, what]) =>
    h("div", { class: "key-row" }, h("dt", {}, ...keyCaps(keys)), h("dd", {}, what)),
  );
  dialog.replaceChildren(
    dialogHead(dialog, t("Keys")),
    h("dl", { class: "key-list" }, ...rows),
    h("h3", {}, t("On the plane")),
    h("p", { class: "quiet" }, planeKeys),
  );
  return () => dialog.showModal();
}

/** @param {string[]} keys two that are digits stand for all between them */
function keyCaps(keys) {
  const between = keys.every((key) => /^\d$/.test(key)) ? "–" : " ";
  return keys.flatMap((key, index) => [...(index ? [between] : []), h("kbd", {}, key)]);
}
