// What is to be seen of the network: the diagram, which is always on, and the sheets of the results card, whose code is fetched
// once the plane is drawn; the plane's display modes; and the alarm of a sick layer.

import { isAlarming } from "../core/alarms.js";
import { latestPerFrame } from "../core/pacing.js";
import { byId, once, setText } from "../views/dom.js";
import { createPlaneModes } from "../views/plane/plane-modes.js";

/** @typedef {import("./playground.js").PageState} PageState */
/** @typedef {import("../core/types.js").Network} Network */

/**
 * @param {{catalog: import("../core/types.js").Catalog, setViews: (views: string) => void, wishScores: (views: string) => void,
 *   setWeight: (entry: import("../core/changes.js").WeightEntry) => void,
 *   changeNetwork: (change: (network: Network) => Partial<Network>) => void,
 *   openResults: (sheet: string) => void, board: import("../views/network/network-card.js").Board,
 *   fetchMap: (place: {layer: number, unit: number}) => Promise<import("../core/types.js").FineMap>}} options
 */
export function createInside(options) {
  const { wishScores, openResults } = options;
  const showAlarm = createAlarm(() => openResults("health"));
  /** @type {import("../views/plane/plane-modes.js").PlaneMode} */
  let mode = "probability";
  /** @type {import("../views/plane/plane-overlay.js").Preview|null} */
  let preview = null;
  /** @type {PageState|null} */
  let state = null;
  /** @type {ReturnType<typeof import("./inside-opened.js").openInside>|null} */
  let opened = null;
  /** @type {Promise<ReturnType<typeof import("../views/plane/plane-overlay.js").createPlaneOverlay>>|null} */
  let overlay = null;

  // The overlay's code is fetched when there is something to lay over the plane for the first time.
  const loadOverlay = async () => {
    const { createPlaneOverlay } = await import("../views/plane/plane-overlay.js");
    return createPlaneOverlay(byId("plane"), { onEnd: () => opened?.endPreview() });
  };

  const showOverlay = async () => {
    if (!state) return;
    modes.show(state.document.task);
    wishScores(mode === "scores" ? mode : "");
    if (!overlay && mode === "probability" && preview === null) return;
    const shown = await (overlay ??= loadOverlay());
    const { document, regions, scores, colours } = state;
    shown.show({ document, regions, scores, colours, mode, preview });
  };

  const modes = createPlaneModes(planeModePlaces(), {
    onChoose(chosen) {
      mode = chosen;
      showOverlay();
    },
  });

  const showPanel = () => opened?.show(state);
  // A task of its own, after the plane is drawn: two short tasks let a press of a button in between, one long task does not.
  const showPanelSoon = latestPerFrame(showPanel, setTimeout);

  const open = once(async () => {
    const { openInside } = await import("./inside-opened.js");
    opened = openInside(byId("plane"), {
      ...options,
      onPreview(newPreview) {
        preview = newPreview;
        showOverlay();
      },
    });
    showPanel();
  });

  return {
    /** @param {PageState} newState */
    show(newState) {
      state = newState;
      open();
      showAlarm(newState);
      showPanelSoon(undefined);
      showOverlay();
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
