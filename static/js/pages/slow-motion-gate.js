// The way of the experiment's news to the page's store: straight, until the pace is slow for the first time. Then slow motion
// is fetched and takes its place.

import { isSlowMotion } from "../core/pacing.js";

/** @typedef {import("./playground.js").PageState} PageState */

/**
 * @param {{store: {get: () => PageState, update: (changes: Partial<PageState>) => void},
 *   announcer: {say: (message: string) => void}}} parts
 */
export function createSlowMotionGate(parts) {
  /** @type {ReturnType<typeof import("./slow-motion.js").createSlowMotion>|null} */
  let slow = null;
  let isAsked = false;
  return {
    /** @param {Partial<PageState>} changes */
    receive: (changes) => (slow ? slow.receive(changes) : parts.store.update(changes)),
    /** @param {PageState} state @param {(views: string) => void} setViews */
    async show(state, setViews) {
      const isSlow = isSlowMotion(state.document.pace);
      setViews(isSlow ? "phases" : "");
      if (isSlow && !isAsked) {
        isAsked = true;
        const { createSlowMotion } = await import("./slow-motion.js");
        slow = createSlowMotion(parts);
      }
      slow?.show(parts.store.get());
    },
  };
}
