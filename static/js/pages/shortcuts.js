// Keys that work anywhere on the page, except while a person types text.

import { isTyping } from "../views/dom.js";

/**
 * @param {import("./actions.js").Actions} actions
 * @param {() => number} countClasses
 */
export function listenToShortcuts(actions, countClasses) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    const done = event.ctrlKey || event.metaKey ? undoOrRedo(event, actions) : plainKey(event, actions, countClasses());
    if (done) event.preventDefault();
  });
}

/** @param {KeyboardEvent} event @param {import("./actions.js").Actions} actions */
function undoOrRedo(event, actions) {
  const key = event.key.toLowerCase();
  if (key === "z") actions.command(event.shiftKey ? "redo" : "undo");
  else if (key === "y") actions.command("redo");
  else return false;
  return true;
}

/** @param {KeyboardEvent} event @param {import("./actions.js").Actions} actions @param {number} classes */
function plainKey({ key, altKey }, actions, classes) {
  if (altKey) return false;
  if (/^\d$/.test(key) && Number(key) < classes) actions.chooseClass(Number(key));
  else if (key === "Delete") actions.deleteSelected();
  else {
    if (key === "Escape") actions.select(null); // and is left to the browser, which closes popovers with it
    return false;
  }
  return true;
}
