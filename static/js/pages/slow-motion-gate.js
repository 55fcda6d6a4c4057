// The way of the experiment's news to the page's store: straight, until the pace is slow for the first time. Then slow motion
// is fetched and takes its place.

import { isSlowMotion } from "../core/pacing.js";
import { lazy } from "../views/lazy.js";

/** @typedef {import("./playground.js").PageState} PageState */

/**
 * @param {{store: {get: () => PageState, update: (changes: Partial<PageState>) => void},
 *   announcer: {say: (message: string) => void}}} parts
 */
export function createSlowMotionGate(parts) {
  const slow = lazy(
    async () => (await import("./slow-motion.js")).createSlowMotion(parts),
    (made) => made.show(parts.store.get()),
  );
  return {
    /** @param {Partial<PageState>} changes */
    receive: (changes) => (slow.now()?.receive ?? parts.store.update)(changes),
    /** @param {PageState} state @param {(views: string) => void} setViews */
    show(state, setViews) {
      const isSlow = isSlowMotion(state.document.pace);
      setViews(isSlow ? "phases" : "");
      if (isSlow) slow.want();
      slow.now()?.show(parts.store.get());
    },
  };
}
