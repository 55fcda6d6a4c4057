// What becomes of the weights as the network's shape changes: they are kept where shapes allow, which is said once, or, if the
// person wants that, training starts afresh.

import { t } from "../core/messages.js";
import { keep, recall } from "../views/keepsake.js";

/** Who has these in the browser's storage has been told; wants a fresh start. */
const TOLD_KEY = "nnlab-weights-kept";
const FRESH_KEY = "nnlab-fresh-start";

/** Parts of the network that give its weights their shape and meaning. */
const SHAPE = ["hidden", "inputs", "skips"];

/** @typedef {import("../core/types.js").Network} Network */

/**
 * @param {{store: {get: () => import("./playground.js").PageState}, toasts: {show: (message: string, kind?: "problem"|"note") => unknown},
 *   change: (change: import("../core/changes.js").Change) => boolean}} parts
 */
export function createWeightRule({ store, toasts, change }) {
  let isFresh = recall(FRESH_KEY) === "on";
  return {
    isFresh: () => isFresh,
    /** @param {boolean} isOn */
    setFresh(isOn) {
      isFresh = isOn;
      keep(FRESH_KEY, isOn ? "on" : "off");
    },
    /** After a change of the network. @param {Partial<Network>} patch */
    follow(patch) {
      const { step, state } = store.get().snapshot;
      if (step === 0 || !SHAPE.some((part) => part in patch)) return;
      if (isFresh) {
        change({ kind: "command", name: "reset" });
        if (state === "running") change({ kind: "command", name: "run" });
      } else if (!recall(TOLD_KEY)) {
        keep(TOLD_KEY, "told");
        toasts.show(t("Weights stay where the shape allows it. Reset starts afresh."), "note");
      }
    },
  };
}
