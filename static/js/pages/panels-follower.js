// Follows which experiments are on the page: keeps its address, the way back and the Compare button, and fetches what shows several
// of them with the second one.

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

  const address = () => comparisonHere(panels.map(({ session }) => session.id ?? session.view_id));

  /** Other panels than before. @param {boolean} isBeginning one has become two: the browser's way back leads to the one */
  const renew = (isBeginning) => {
    if (!isEmbedded()) history[isBeginning ? "pushState" : "replaceState"](null, "", address());
    compare.disabled = !store.get().canEdit || panels.length >= LETTERS.length;
  };

  window.addEventListener("popstate", () => {
    if (!isEmbedded() && panels.length && location.pathname + location.search !== address()) location.reload();
  });

  return {
    show,
    /** @param {Panel[]} now @param {Panel} nowChosen */
    follow(now, nowChosen) {
      const [areOthers, isOther] = [now !== panels && panels.length > 0, nowChosen !== chosen];
      const isBeginning = panels.length === 1 && now.length > 1;
      [panels, chosen] = [now, nowChosen];
      if (areOthers) renew(isBeginning);
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
