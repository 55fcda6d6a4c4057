// Who on the page watches which experiment, and what they want of it together. Pure bookkeeping.

import { mergedWant } from "./wants.js";

/** @typedef {import("./wants.js").Want} Want */

/** @template {{want: Want}} S */
export function createSubscribers() {
  /** @type {Map<string, Set<S>>} */
  const byId = new Map();
  return {
    viewIds: () => [...byId.keys()],
    all: () => [...byId.values()].flatMap((subscribers) => [...subscribers]),
    /** What is wanted of each experiment, by view id. @returns {Map<string, Want>} */
    wants: () => new Map([...byId].map(([viewId, all]) => [viewId, mergedWant([...all].map(({ want }) => want))])),
    /** @param {string} viewId @returns {S[]} */
    of: (viewId) => [...(byId.get(viewId) ?? [])],
    /** @param {string} viewId @param {S} subscriber */
    add(viewId, subscriber) {
      byId.set(viewId, (byId.get(viewId) ?? new Set()).add(subscriber));
    },
    /** @param {string} viewId @param {S} subscriber */
    remove(viewId, subscriber) {
      const all = byId.get(viewId);
      all?.delete(subscriber);
      if (all?.size === 0) byId.delete(viewId);
    },
  };
}
