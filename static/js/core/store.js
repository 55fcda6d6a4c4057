// The page's one store: a plain state object, replaced field by field. Subscribers hear of it once per display frame.

import { latestPerFrame } from "./pacing.js";

/**
 * @template {object} S
 * @param {S} initial
 * @param {(callback: () => void) => unknown} [schedule]
 */
export function createStore(initial, schedule) {
  let state = initial;
  /** @type {Set<(state: S) => void>} */
  const listeners = new Set();
  const announce = latestPerFrame(() => listeners.forEach((listener) => listener(state)), schedule);
  return {
    get: () => state,
    /** @param {Partial<S>} changes */
    update(changes) {
      state = { ...state, ...changes };
      announce(undefined);
    },
    /** @param {(state: S) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
