// The page's part "Inside the network": open or closed, its views in the stream only while it is open, its code fetched when
// it is opened first; the plane's display modes; and the alarm of a sick layer, which shows even while it is closed.

import { isAlarming } from "../core/alarms.js";
import { latestPerFrame } from "../core/pacing.js";
import { byId, setText } from "../views/dom.js";
import { createPlaneModes } from "../views/plane/plane-modes.js";
import { keep, recall } from "../views/keepsake.js";

/** @typedef {import("./playground.js").PageState} PageState */

const KEY = "nnlab-inside";

/**
 * @param {{catalog: import("../core/types.js").Catalog, setViews: (views: string) => void, wishScores: (views: string) => void,
 *   setWeight: (entry: import("../core/changes.js").WeightEntry) => void,
 *   changeNetwork: (change: (network: import("../core/types.js").Network) => Partial<import("../core/types.js").Network>) => void,
 *   fetchMap: (place: {layer: number, unit: number}) => Promise<import("../core/types.js").FineMap>}} options
 */
export function createInside(options) {
  const { setViews, wishScores } = options;
  const fold = /** @type {HTMLDetailsElement} */ (byId("inside-fold"));
  const alarms = [byId("inside-alarm"), byId("results-alarm")];
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
    return createPlaneOverlay(byId("plane"));
  };

  const showOverlay = async () => {
    if (!state) return;
    modes.show(state.document.task);
    wishScores(mode === "scores" ? mode : "");
    const isWanted = mode !== "probability" || (fold.open && preview !== null);
    if (!overlay && !isWanted) return;
    const shown = await (overlay ??= loadOverlay());
    const { document, regions, scores, colours } = state;
    shown.show({ document, regions, scores, colours, mode, preview: fold.open ? preview : null });
  };

  const modes = createPlaneModes(byId("plane-modes"), {
    onChoose(chosen) {
      mode = chosen;
      showOverlay();
    },
  });

  // The words are fetched with the first alarm.
  const showAlarm = async (/** @type {PageState} */ { snapshot: { layers = [] }, document: { network } }) => {
    const isCalm = !isAlarming(layers, network.hidden);
    for (const alarm of alarms) alarm.hidden = isCalm;
    if (isCalm) return;
    const { alarmText, healthOf } = await import("../core/health.js");
    for (const alarm of alarms) setText(alarm, `⚠ ${alarmText(healthOf(layers, network.hidden))}`);
  };

  const showPanel = () => opened?.show(state);
  // A task of its own, after the plane is drawn: two short tasks let a press of a button in between, one long task does not.
  const showPanelSoon = latestPerFrame(showPanel, setTimeout);

  const open = async () => {
    if (opened) return opened.open();
    const { openInside } = await import("./inside-opened.js");
    opened ??= openInside(
      { body: byId("inside-body"), plane: byId("plane") },
      {
        ...options,
        isOpen: () => fold.open,
        onPreview(newPreview) {
          preview = newPreview;
          showOverlay();
        },
      },
    );
    showPanel();
  };

  const lookInside = () => {
    fold.open = true;
    fold.scrollIntoView();
    fold.querySelector("summary")?.focus({ preventScroll: true });
  };

  fold.addEventListener("toggle", () => {
    keep(KEY, fold.open ? "open" : "closed");
    if (fold.open) open();
    else setViews("");
    showOverlay();
  });
  fold.open = recall(KEY) === "open";
  byId("look-inside").addEventListener("click", lookInside);
  byId("results-alarm").addEventListener("click", async () => {
    lookInside();
    await open();
    byId("inside-body").querySelector(".advice")?.scrollIntoView({ block: "center" });
  });

  return {
    /** @param {PageState} newState */
    show(newState) {
      state = newState;
      showAlarm(newState);
      showPanelSoon(undefined);
      showOverlay();
    },
  };
}
