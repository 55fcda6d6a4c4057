// The diagram and the sheets of the results card: the place on the plane that a person looks at, and fine maps of units.

import { createInsidePanel } from "../views/results/inside-panel.js";
import { watchPlace } from "../views/plane/plane-probe.js";
import { fetchStyle } from "../views/stylesheet.js";
import { createFineMaps } from "./fine-map.js";
import { insidePlaces } from "./places.js";

/** @typedef {import("./playground.js").PageState} PageState */

fetchStyle("results-parts"); // the heads of the sheets, none of which is open yet

/**
 * @param {HTMLElement} plane
 * @param {{catalog: import("../core/types.js").Catalog, setViews: (views: string) => void,
 *   board: import("../views/network/board.js").Board, openResults: (sheet: string) => void,
 *   setWeight: (entry: import("../core/changes.js").WeightEntry) => void,
 *   changeNetwork: (change: (network: import("../core/types.js").Network) => Partial<import("../core/types.js").Network>) => void,
 *   fetchMap: (place: {layer: number, unit: number}) => Promise<import("../core/types.js").FineMap>,
 *   onPreview: (preview: import("../views/plane/plane-overlay.js").Preview|null) => void}} options
 */
export function openInside(
  plane,
  { board, openResults, catalog, setViews, setWeight, changeNetwork, fetchMap, onPreview },
) {
  /** @type {PageState|null} */
  let state = null;
  const draw = () => {
    if (state) panel.show({ ...state, place: placeNow(state) });
  };
  const placeNow = watchPlace(plane, draw);
  const fineMaps = createFineMaps({ fetchMap, onMap: (map) => panel.showFine(map) });
  const panel = createInsidePanel({
    board,
    sheets: insidePlaces(),
    inputNames: (catalog.fields["network.inputs"].choices ?? []).map(({ name }) => name),
    openResults,
    onNetwork: changeNetwork,
    activationLabel: labelsOf(catalog.fields["network.hidden.activation"]),
    onWeight: setWeight,
    onViews: setViews,
    onWantMap: fineMaps.want,
    onPreview,
  });
  return {
    endPreview: panel.endPreview,
    /** @param {PageState|null} newState */
    show(newState) {
      state = newState;
      draw();
    },
  };
}

/** From a menu's names to its labels. @param {import("../core/types.js").FieldSpec} spec */
function labelsOf({ choices = [] }) {
  return (/** @type {string} */ name) => choices.find((choice) => choice.name === name)?.label ?? name;
}
