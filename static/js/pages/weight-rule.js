// What becomes of the weights as the network's shape changes: they are kept where shapes allow, which is said once, or, if the
// person wants that, training starts afresh.

import { t } from "../core/messages.js";
import { keep, recall } from "../views/keepsake.js";

/** Who has these in the browser's storage has been told; wants a fresh start. */
const TOLD_KEY = "nnlab-weights-kept";
const FRESH_KEY = "nnlab-fresh-start";

/** Parts of the network that give its weights their shape and meaning. */
const SHAPE = ["hidden", "inputs", "skips"];

/**
 * @param {{store: {get: () => import("./playground.js").PageState}, toasts: {show: (message: string, kind?: "problem"|"note") => unknown}}} parts
 */
export function createWeightRule({ store, toasts }) {
  let isFresh = recall(FRESH_KEY) === "on";
  /** @param {Record<string, any>} patch of the document */
  const isNewShape = ({ network = {} }) => store.get().snapshot.step > 0 && SHAPE.some((part) => part in network);
  return {
    isFresh: () => isFresh,
    /** @param {boolean} isOn */
    setFresh(isOn) {
      isFresh = isOn;
      keep(FRESH_KEY, isOn ? "on" : "off");
    },
    /** Whether training starts afresh with this change. @param {Record<string, any>} patch of the document */
    startsAfresh: (patch) => isFresh && isNewShape(patch),
    /** Say of the first change that keeps weights that it does. @param {Record<string, any>} patch of the document */
    tell(patch) {
      if (isFresh || !isNewShape(patch) || recall(TOLD_KEY)) return;
      keep(TOLD_KEY, "told");
      toasts.show(t("Weights stay where the shape allows it. Reset starts afresh."), "note");
    },
  };
}
