// Locks on the page's controls: those a teacher has locked are off and say so, also those that the page makes or frees later;
// the server refuses them in any case.

import { labelOf } from "../../core/rooms/locks.js";
import { t } from "../../core/messages.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */

/** The controls of each lock. A fieldset is off as a whole; those in it the page itself turns off and on. @type {Record<string, string>} */
const PLACES = {
  points: "#sheet-data > fieldset, .tool-strip",
  network: ".network-part",
  "network.hidden": ".network-part",
  "network.activation": ".activation-setting, .column-heads select",
  training: "#sheet-settings > fieldset, .bar-settings",
  "training.learning_rate": ".learning-rate-setting",
  "training.optimizer": ".optimizer-setting",
  regularization: ".l2-setting",
  run: "#run-set, #speed, #time",
};
const EVERYTHING = "fieldset:not(fieldset fieldset)";
const MADE_OR_FREED = { childList: true, subtree: true, attributeFilter: ["disabled"] };

/** @typedef {HTMLFieldSetElement|HTMLInputElement|HTMLSelectElement|HTMLButtonElement} Control */

export function createLockedControls() {
  /** What is off because of a lock, with the title it had. @type {Map<Control, string>} */
  let off = new Map();
  let wanted = "";
  /** The present locks: places, and why. @type {[string, string][]} */
  let locked = [];

  const free = () => {
    for (const [control, title] of off) {
      control.disabled = false;
      control.title = title;
    }
    off = new Map();
  };

  /** @param {string} selector @param {string} words */
  const lock = (selector, words) => {
    for (const control of controlsIn(selector)) {
      if (control.disabled) continue;
      if (!off.has(control)) off.set(control, control.title);
      control.disabled = true;
      control.title = words;
    }
  };
  const lockAll = () => locked.forEach(([selector, words]) => lock(selector, words));
  const observer = new MutationObserver(lockAll); // before anything is painted

  return {
    /** @param {Room} room */
    show({ locks, is_frozen: isFrozen }) {
      const now = JSON.stringify([locks, isFrozen]);
      if (now === wanted) return;
      wanted = now;
      observer.disconnect();
      free();
      locked = placesOf(locks);
      if (isFrozen) locked.unshift([EVERYTHING, t("Paused by your teacher")]);
      lockAll();
      if (locked.length) observer.observe(document.body, MADE_OR_FREED);
    },
  };
}

/** @param {string[]} locks @returns {[string, string][]} */
const placesOf = (locks) =>
  locks
    .filter((name) => PLACES[name])
    .map((name) => [PLACES[name], t("Your teacher has locked: {name}.", { name: labelOf(name) })]);

/** Fieldsets themselves, of other elements the controls in them. @param {string} selector @returns {Control[]} */
const controlsIn = (selector) =>
  [...document.querySelectorAll(selector)].flatMap(
    (element) =>
      /** @type {Control[]} */ (
        element.matches("fieldset, select, button, input")
          ? [element]
          : [...element.querySelectorAll("input, select, button")]
      ),
  );
