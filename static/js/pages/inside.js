// What is to be seen of the network: the diagram, which is always on, and the sheets of the results card, whose code is fetched
// once the plane is drawn; the plane's display modes; and the alarm of a sick layer.

import { isAlarming } from "../core/alarms.js";
import { latestPerFrame } from "../core/pacing.js";
import { byId, setText } from "../views/dom.js";
import { lazy } from "../views/lazy.js";
import { createLargestError } from "../views/plane/largest-error.js";
import { createPlaneModes } from "../views/plane/plane-modes.js";

/** @typedef {import("./playground.js").PageState} PageState */
/** @typedef {import("../core/types.js").Network} Network */

/**
 * @param {{catalog: import("../core/types.js").Catalog, setViews: (views: string) => void, wishScores: (views: string) => void,
 *   setWeight: (entry: import("../core/changes.js").WeightEntry) => void,
 *   changeNetwork: (change: (network: Network) => Partial<Network>) => void,
 *   openResults: (sheet: string) => void, board: import("../views/network/board.js").Board,
 *   fetchMap: (place: {layer: number, unit: number}) => Promise<import("../core/types.js").FineMap>}} options
 */
export function createInside(options) {
  const { wishScores, openResults } = options;
  const showAlarm = createAlarm(() => openResults("health"));
  /** @type {PageState|null} */
  let state = null;
  const overlay = createOverlay({ wishScores, onEnd: () => panel.now()?.endPreview() });
  const showPanel = () => panel.now()?.show(state);
  // A task of its own, after the plane is drawn: two short tasks let a press of a button in between, one long task does not.
  const showPanelSoon = latestPerFrame(showPanel, setTimeout);
  const panel = lazy(async () => {
    const { openInside } = await import("./inside-opened.js");
    return openInside(byId("plane"), { ...options, onPreview: overlay.preview });
  }, showPanel);

  return {
    /** @param {PageState} newState */
    show(newState) {
      state = newState;
      panel.want();
      showAlarm(newState);
      showPanelSoon(undefined);
      overlay.show(newState);
    },
  };
}

/**
 * What lies over the plane: another way to show the answer, or a unit's map. Its code is fetched with the first of them.
 * @param {{wishScores: (views: string) => void, onEnd: () => void}} options
 */
function createOverlay({ wishScores, onEnd }) {
  /** @type {import("../views/plane/plane-modes.js").PlaneMode} */
  let mode = "probability";
  /** @type {import("../views/plane/plane-overlay.js").Preview|null} */
  let preview = null;
  /** @type {PageState|null} */
  let state = null;

  const draw = () => {
    if (!state) return;
    const { document, regions, scores, colours } = state;
    modes.show(document.task, error.of(document, regions));
    wishScores(mode === "scores" ? mode : "");
    if (mode !== "probability" || preview !== null) layer.want();
    layer.now()?.show({ document, regions, scores, colours, mode, preview });
  };
  const error = createLargestError(draw);
  const layer = lazy(async () => {
    const { createPlaneOverlay } = await import("../views/plane/plane-overlay.js");
    return createPlaneOverlay(byId("plane"), { onEnd });
  }, draw);
  const modes = createPlaneModes(planeModePlaces(), {
    onChoose(chosen) {
      mode = chosen;
      draw();
    },
  });

  return {
    /** @param {PageState} newState */
    show(newState) {
      state = newState;
      draw();
    },
    /** @param {import("../views/plane/plane-overlay.js").Preview|null} newPreview a unit's map */
    preview(newPreview) {
      preview = newPreview;
      draw();
    },
  };
}

const planeModePlaces = () => ({
  group: byId("plane-modes"),
  list: /** @type {HTMLSelectElement} */ (byId("plane-modes-list")),
});

/** The line that tells of a sick layer; its words are fetched with the first one. @param {() => void} onPress */
function createAlarm(onPress) {
  const alarm = byId("results-alarm");
  alarm.addEventListener("click", onPress);
  return async (/** @type {PageState} */ { snapshot: { layers = [] }, document: { network } }) => {
    const isCalm = !isAlarming(layers);
    alarm.hidden = isCalm;
    byId("tab-health").classList.toggle("is-alarm", !isCalm);
    if (isCalm) return;
    const { alarmText, healthOf } = await import("../core/health.js");
    setText(alarm, `⚠ ${alarmText(healthOf(layers, network.hidden))}`);
  };
}
