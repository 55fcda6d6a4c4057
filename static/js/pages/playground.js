// The playground: opens an experiment, makes the views, and passes values down to them and wishes back up.

import { getCatalog } from "../api/endpoints.js";
import { openExperiment } from "../api/experiment.js";
import { withPaths } from "../core/catalog.js";
import { CLASS_SHAPES } from "../core/palette.js";
import { createStore } from "../core/store.js";
import { byId } from "../views/dom.js";
import { createAnnouncer } from "../views/announcer.js";
import { createTheme, readColours } from "../views/theme.js";
import { createToasts } from "../views/toasts.js";
import { createActions } from "./actions.js";
import { createExtras, offerTour } from "./extras.js";
import { createInside } from "./inside.js";
import { listenToShortcuts } from "./shortcuts.js";
import { openSession } from "./open-session.js";
import { createViews } from "./views.js";

/**
 * @typedef {import("../api/experiment.js").ExperimentState & {chosenClass: number, tool: import("../views/tools.js").Tool, selectedId: number|null,
 *   cursor: {x: number, y: number}|null, canEdit: boolean, colours: import("../views/theme.js").Colours}} PageState
 */

/** @param {import("../core/types.js").SessionReply} session @param {import("../core/series.js").Series} series @returns {PageState} */
function firstState(session, series) {
  return {
    document: session.document,
    snapshot: session.snapshot,
    regions: null,
    inside: null,
    series,
    connection: "connecting",
    editId: session.id ?? null,
    viewId: session.view_id,
    canEdit: session.id !== undefined,
    chosenClass: 0,
    tool: "point",
    selectedId: null,
    cursor: null,
    colours: readColours(),
  };
}

async function start() {
  const toasts = createToasts(byId("toasts"));
  const [rawCatalog, { session, series, isNew }] = await Promise.all([getCatalog(), openSession(location.pathname)]);
  const catalog = withPaths(rawCatalog);
  const store = createStore(firstState(session, series));
  const announcer = createAnnouncer(byId("announcements"));
  const experiment = openExperiment(session, series, {
    onState: store.update,
    onProblem: toasts.show,
  });
  const actions = createActions({ store, experiment, catalog, announcer, toasts });
  const views = createViews({ catalog, actions, session, isNew, real: experiment.real });
  createExtras({ store, catalog, actions, data: views.data, toasts });
  const inside = createInside({
    catalog,
    setViews: experiment.setViews,
    setWeight: (entry) => experiment.change({ kind: "weight", entry }),
  });
  createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), (colours) => store.update({ colours }));
  listenToShortcuts(actions, () => Math.min(store.get().document.classes, CLASS_SHAPES.length));
  store.subscribe((state) => {
    views.show(state);
    inside.show({ ...state, selectedId: state.selectedId === null ? null : experiment.real(state.selectedId) });
    announcer.follow(state.snapshot);
    if (document.body.dataset.ready) return;
    document.body.dataset.ready = "true";
    offerTour(isNew);
  });
}

/** @param {Error & {status?: number}} problem */
function showFailure(problem) {
  const missing = problem.status === 404;
  byId("failure-title").textContent = missing ? "There is no such experiment" : "The playground could not start";
  byId("failure-detail").textContent = problem.message;
  byId("failure").hidden = false;
}

start().catch(showFailure);
