// Follows which experiments are on the page: keeps its address and the Compare button, and fetches what shows several of them with
// the second one.

import { LETTERS } from "../core/comparison.js";
import { byId } from "../views/dom.js";
import { lazy } from "../views/lazy.js";
import { withStyles } from "../views/stylesheet.js";
import { comparisonHere, isEmbedded } from "./open-session.js";

/** @typedef {import("../api/panels.js").Panel} Panel */
/** @typedef {import("./playground.js").PageState} PageState */
/**
 * @typedef {{experiment: ReturnType<typeof import("../api/panels.js").openPanels>,
 *   planeActions: import("../views/plane/plane-view.js").PlaneActions, onAdd: () => void, onOthers: () => void}} Parts
 */

/** @param {{store: {get: () => PageState}, catalog: import("../core/types.js").Catalog}} known */
export function createPanelsFollower({ store, catalog }) {
  /** @type {Parts|null} */
  let parts = null;
  /** @type {Panel[]} */
  let panels = [];
  /** @type {Panel|null} */
  let chosen = null;
  const compare = /** @type {HTMLButtonElement} */ (byId("compare"));
  const comparison = lazy(
    async () => {
      const { createComparison } = await withStyles(import("./compare.js"), "compare");
      return createComparison({ catalog, .../** @type {Parts} */ (parts) });
    },
    () => show(),
  );

  const show = (state = store.get()) => {
    if (panels.length > 1) void comparison.want();
    comparison.now()?.show(state);
  };

  /** Other panels than before. */
  const renew = () => {
    const ids = panels.map(({ session }) => session.id ?? session.view_id);
    if (!isEmbedded()) history.replaceState(null, "", comparisonHere(ids));
    compare.disabled = !store.get().canEdit || panels.length >= LETTERS.length;
  };

  return {
    show,
    /** @param {Panel[]} now @param {Panel} nowChosen */
    follow(now, nowChosen) {
      const [areOthers, isOther] = [now !== panels && panels.length > 0, nowChosen !== chosen];
      [panels, chosen] = [now, nowChosen];
      if (areOthers) renew();
      if (areOthers || isOther) parts?.onOthers();
      if (parts) show();
    },
    /** All is there. @param {Parts} given */
    begin(given) {
      parts = given;
      [panels, chosen] = [given.experiment.panels(), given.experiment.chosen()];
      compare.disabled = !store.get().canEdit || panels.length >= LETTERS.length;
    },
  };
}
