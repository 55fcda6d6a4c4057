// The page of a comparison: A, which the page's address names, and B, which it is compared with. Two planes, one set of panels.

import { openPair } from "../api/pair.js";
import { latestPerFrame } from "../core/pacing.js";
import { createComparisonView } from "../views/compare/comparison-view.js";
import { byId, h } from "../views/dom.js";
import { createPlaneView } from "../views/plane/plane-view.js";
import { addressHere } from "./open-session.js";

/** @typedef {import("../core/comparison.js").Side} Side */
/** @typedef {import("../api/pair.js").Known} Known */
/** @typedef {import("../api/experiment.js").ExperimentState} ExperimentState */
/** @typedef {import("./playground.js").PageState} PageState */

/** @param {Record<Side, Known>} known */
export function createComparison(known) {
  /** @type {{chosen: Side, states: Record<Side, ExperimentState>}|null} */
  let now = null;
  let draw = () => {};
  /** @type {ReturnType<typeof openPair>} */
  let pair;

  return {
    /** @param {{onState: (changes: Partial<PageState>) => void, onProblem: (message: string) => void}} listener */
    open({ onState, onProblem }) {
      const onPair = (/** @type {Side} */ chosen, /** @type {Record<Side, ExperimentState>} */ states) => {
        now = { chosen, states };
        draw();
      };
      return (pair = openPair(known, { onState, onPair, onProblem }));
    },

    /**
     * Make its parts of the page.
     * @param {{catalog: import("../core/types.js").Catalog, planeActions: import("../views/plane/plane-view.js").PlaneActions,
     *   onChosen: () => void}} parts
     */
    build({ catalog, planeActions, onChosen }) {
      const places = buildPlaces();
      const plane = createPlaneView(places.plane, planeActions);
      const view = createComparisonView(places.bar, places.chart, places.captions, {
        fields: catalog.fields,
        onChoose(side) {
          pair.choose(side);
          onChosen();
        },
        onKeep: (side) => location.assign(addressHere(known[side].session.id ?? known[side].session.view_id)),
      });
      /** @type {PageState|null} */
      let page = null;
      const drawSoon = latestPerFrame(() => {
        if (!now || !page) return;
        const { chosen, states } = now;
        const { document, regions, curves } = states[chosen === "a" ? "b" : "a"];
        const { selectedId, group, cursor, canEdit, tool, colours } = page;
        places.stage.dataset.chosen = chosen;
        plane.show({ document, regions, curves, selectedId, group, cursor, canEdit, tool, colours });
        view.show(chosen, states, colours);
      });
      draw = () => drawSoon(undefined);
      return {
        /** @param {PageState} state of the chosen one, and what the page itself knows */
        show(state) {
          page = state;
          draw();
        },
      };
    },
  };
}

/** The comparison's own elements, put between those of the stage. */
function buildPlaces() {
  const first = byId("plane");
  const stage = /** @type {HTMLElement} */ (first.parentElement);
  const bar = h("div", { class: "comparison-bar" });
  const captions = { a: h("p", { class: "side-caption a" }), b: h("p", { class: "side-caption b" }) };
  const plane = h("div", { class: "plane other-plane", role: "group" });
  const chart = h("div", { class: "chart pair-chart" });
  first.before(bar, captions.a, captions.b);
  first.after(plane);
  stage.append(chart, byId("time"));
  document.body.classList.add("comparing");
  return { stage, bar, captions, plane, chart };
}
