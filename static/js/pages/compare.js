// Experiments side by side on the page: shows them as long as there are two or more.

import { latestPerFrame } from "../core/pacing.js";
import { createPanelsView } from "../views/compare/panels-view.js";
import { comparePlaces } from "./places.js";

/** @typedef {import("../api/panels.js").Panel} Panel */
/** @typedef {import("./playground.js").PageState} PageState */

/**
 * @param {{catalog: import("../core/types.js").Catalog, planeActions: import("../views/plane/plane-view.js").PlaneActions,
 *   experiment: ReturnType<typeof import("../api/panels.js").openPanels>, onAdd: () => void}} parts
 */
export function createComparison({ catalog, planeActions, experiment, onAdd }) {
  /** @type {ReturnType<typeof createPanelsView>|null} */
  let view = null;

  /** @param {PageState} page */
  const draw = ({ selectedId, group, cursor, canEdit, tool, colours }) => {
    const panels = experiment.panels();
    if (panels.length < 2) {
      view?.destroy();
      view = null;
      return;
    }
    view ??= createPanelsView(comparePlaces(), {
      fields: catalog.fields,
      planeActions,
      onChoose: experiment.choose,
      onClose: experiment.close,
      onAdd,
    });
    view.show(panels, experiment.chosen(), { selectedId, group, cursor, canEdit, tool, colours });
  };
  return { show: latestPerFrame(draw) };
}
