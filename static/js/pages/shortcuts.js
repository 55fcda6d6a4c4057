// Keys that work anywhere on the page, except while a person types text or a control has a use of its own for them.

import { isTyping } from "../views/dom.js";

/**
 * @typedef {{actions: import("./actions.js").Actions, countClasses: () => number, isRunning: () => boolean,
 *   showKeys: () => void}} Options
 */

/** @param {Options} options */
export function listenToShortcuts(options) {
  document.addEventListener("pointerdown", ({ target }) => (pressed = target), { capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") pressed = null;
    if (event.defaultPrevented || event.altKey) return;
    if (event.key === "?" && openHelpAt(event.target)) return event.preventDefault();
    if (isTyping(event.target) || isBehindAnother()) return;
    const done = event.ctrlKey || event.metaKey ? undoOrRedo(event, options.actions) : plainKey(event, options);
    if (done) event.preventDefault();
  });
}

/** Does a dialog lie over the experiment, or somebody else's, so that nobody would see what a key does to it? */
const isBehindAnother = () => document.querySelector("dialog:modal, .lab[inert]") !== null;

/** @param {KeyboardEvent} event @param {import("./actions.js").Actions} actions */
function undoOrRedo(event, actions) {
  const key = event.key.toLowerCase();
  if (key === "z") actions.command(event.shiftKey ? "redo" : "undo");
  else if (key === "y") actions.command("redo");
  else return false;
  return true;
}

/** @param {KeyboardEvent} event @param {Options} options */
function plainKey(event, { actions, countClasses, isRunning, showKeys }) {
  const { command } = actions;
  /** @type {Record<string, () => void>} */
  const keys = {
    " ": () => command(isRunning() ? "pause" : "run"),
    ".": () => command("step", { steps: 1 }),
    r: () => command("reset"),
    z: () => command("undo"),
    y: () => command("redo"),
    "?": showKeys,
    Delete: actions.deleteSelected,
  };
  if (event.key === "Escape") actions.select(null); // and is left to the browser, which closes popovers with it
  const label = Number(event.key) - 1;
  if (/^[1-8]$/.test(event.key)) return label < countClasses() && (actions.chooseClass(label), true);
  const act = keys[event.key];
  if (!act || (event.key === " " && usesSpace(event.target))) return false;
  if (event.key === " " && event.target instanceof HTMLButtonElement) event.target.blur(); // or it is pressed by the key's end
  if (!(event.repeat && event.key === " ")) act(); // held down it would run and pause many times a second
  return true;
}

/** @type {EventTarget|null} what was pressed last by mouse or finger, until the Tab key leads on */
let pressed = null;

/** A control that the keyboard has led to uses Space itself; one that was clicked has had its use. @param {EventTarget|null} target */
function usesSpace(target) {
  if (!(target instanceof Element) || !target.matches("button, a, summary, input, select, [role=button]")) return false;
  return !(pressed instanceof Node && target.contains(pressed));
}

/** "?" on a field opens its help. @param {EventTarget|null} target */
function openHelpAt(target) {
  const field = target instanceof Element ? target.closest(".field") : null;
  const help = /** @type {HTMLElement|undefined|null} */ (field?.querySelector(".help-button"));
  help?.click();
  return Boolean(help);
}
