// The playground: opens an experiment, makes the views, and passes values down to them and wishes back up.

import { getCatalog, getUnit } from "../api/endpoints.js";
import { openPanels } from "../api/panels.js";
import { hasUnit } from "../core/architecture.js";
import { preparedCatalog } from "../core/catalog.js";
import { LETTERS } from "../core/comparison.js";
import { t } from "../core/messages.js";
import { CLASS_SHAPES } from "../core/palette.js";
import { isSlowMotion } from "../core/pacing.js";
import { createStore } from "../core/store.js";
import { OF_DIAGRAM } from "../core/wants.js";
import { byId } from "../views/dom.js";
import { createAnnouncer } from "../views/announcer.js";
import { createTheme, readColours } from "../views/header/theme.js";
import { createToasts } from "../views/toasts.js";
import { createActions } from "./actions.js";
import { createExtras } from "./extras.js";
import { offerTour, showKeys } from "./header.js";
import { createArrangement } from "../views/frame/arrangement.js";
import { createInside } from "./inside.js";
import { listenToShortcuts } from "./shortcuts.js";
import { arrangementPlaces } from "./places.js";
import { rememberChanged } from "./recent.js";
import { addressOf, isEmbedded, memberIdOf, openSession, otherIdsOf } from "./open-session.js";
import { createPanelsFollower } from "./panels-follower.js";
import { createSlowMotionGate } from "./slow-motion-gate.js";
import { createViews } from "./views.js";

/**
 * @typedef {import("../api/experiment.js").ExperimentState & {chosenClass: number, tool: import("../views/plane/tools.js").Tool, selectedId: number|null, group: number[],
 *   cursor: {x: number, y: number}|null, walk: import("../core/phases.js").Walk|null, canEdit: boolean, colours: import("../views/header/theme.js").Colours}} PageState
 */

/** @param {import("../core/types.js").SessionReply} session @param {import("../core/series.js").Series} series @returns {PageState} */
function firstState(session, series) {
  return {
    document: session.document,
    snapshot: session.snapshot,
    regions: null,
    inside: null,
    phases: null,
    curves: null,
    scores: null,
    walk: null,
    series,
    connection: "connecting",
    editId: session.id ?? null,
    viewId: session.view_id,
    canEdit: session.id !== undefined,
    chosenClass: 0,
    tool: "point",
    selectedId: null,
    group: [],
    cursor: null,
    colours: readColours(),
  };
}

async function start() {
  const room = await openRoom(memberIdOf(location.pathname));
  const preset = await makeDescribed(location.search);
  const [rawCatalog, { session, series, isNew }, others] = await Promise.all([
    getCatalog(),
    openSession(room ? addressOf(room.sessionId) : location.pathname, showPlaceInLine),
    openOthers(location.search),
  ]);
  showPlaceInLine("");
  const catalog = preparedCatalog(rawCatalog);
  const toasts = createToasts(byId("toasts"), onScreen(catalog));
  const store = createStore(firstState(session, series));
  const announcer = createAnnouncer(byId("announcements"));
  const rules = room?.rules(toasts) ?? (await openLinkRules(toasts));
  const arrangement = createArrangement(arrangementPlaces());
  const { openResults } = arrangement;
  const slowMotion = createSlowMotionGate({ store, announcer });
  const follower = createPanelsFollower({ store, catalog });
  const experiment = openPanels([{ session, series }, ...others], {
    onState: slowMotion.receive,
    onPanels: follower.follow,
    onProblem: toasts.show,
  });
  const wish = joinViews(experiment.setViews, firstWishes(session.document));
  const actions = createActions({ store, experiment, catalog, announcer, toasts, allows: rules.allows });
  const views = createViews({ catalog, actions, session, real: experiment.real, openResults });
  const extras = createExtras({ store, session, panels: experiment.panels, catalog, actions, toasts }, arrangement);
  if (preset) extras.showLesson(preset);
  follower.begin({ experiment, planeActions: views.planeActions, onAdd: actions.compare, onOthers: extras.renew });
  const remember = isEmbedded() ? () => {} : rememberChanged();
  const inside = createInside({
    catalog,
    openResults,
    setViews: wish("inside"),
    wishScores: wish("scores"),
    setWeight: actions.setWeight,
    changeNetwork: actions.changeNetwork,
    board: views.board,
    fetchMap: fetchMapOf(store, catalog),
  });
  createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), (colours) => {
    store.update({ colours });
    room?.redraw();
  });
  followKeys(store, actions);
  store.subscribe((state) => {
    views.show(state);
    follower.show(state);
    inside.show({ ...state, selectedId: state.selectedId === null ? null : experiment.real(state.selectedId) });
    slowMotion.show(state, wish("slow motion"));
    wish("curves")(state.document.task === "curve_fitting" ? "curves" : "");
    announcer.follow(state.snapshot);
    remember(state);
    if (document.body.dataset.ready) return;
    document.body.dataset.ready = "true";
    room?.begin({ toasts, colours: () => store.get().colours, announce: announcer.say });
    offerTour(isNew);
  });
}

/** @param {{get: () => PageState}} store @param {import("./actions.js").Actions} actions */
const followKeys = (store, actions) =>
  listenToShortcuts({
    actions,
    countClasses: () => Math.min(store.get().document.classes, CLASS_SHAPES.length),
    isRunning: () => store.get().snapshot.state === "running",
    showKeys,
  });

/** Fetches a unit's map, if the network still has that unit. @param {{get: () => PageState}} store @param {import("../core/types.js").Catalog} catalog */
const fetchMapOf =
  (store, { fields }) =>
  async (/** @type {{layer: number, unit: number}} */ place) => {
    const { document, editId, viewId } = store.get();
    if (!hasUnit(document, place, fields["network.loss"].choices)) throw new Error("gone");
    return getUnit(editId ?? viewId, place);
  };

/** The server's words about a field as words about a control; as they are where that cannot be fetched. @param {import("../core/types.js").Catalog} catalog */
const onScreen =
  ({ fields }) =>
  async (/** @type {string} */ problem) =>
    import("../core/about-label.js").then(({ aboutLabel }) => aboutLabel(problem, fields)).catch(() => problem);

/** The room of a student's page, null on all others. @param {string|null} memberId */
async function openRoom(memberId) {
  if (!memberId) return null;
  const { openStudentRoom } = await import("./rooms/student.js");
  return openStudentRoom(memberId);
}

/** What the page's address hides and locks; most say nothing of it. @param {{show: (message: string) => void}} toasts */
async function openLinkRules(toasts) {
  if (!isEmbedded() && !/[?&](hide|lock)=/.test(location.search)) return { allows: () => true };
  const { applyLinkRules } = await import("./link-rules.js");
  return applyLinkRules(location.search, { isEmbedded: isEmbedded(), toasts });
}

/** Make what the page's address describes; most name what there is. @param {string} search */
async function makeDescribed(search) {
  if (!/[?&](preset|compare)=/.test(search)) return undefined;
  return (await import("./described.js")).makeDescribed(showPlaceInLine);
}

/** Those beside the first one, as far as they are there. @param {string} search */
async function openOthers(search) {
  const ids = otherIdsOf(search).slice(0, LETTERS.length - 1);
  const opened = await Promise.allSettled(ids.map((id) => openSession(addressOf(id), showPlaceInLine)));
  return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** What the parts of the page that are in sight will wish for as soon as they are there: said at once, the stream is opened once. @param {import("../core/types.js").LabDocument} document */
const firstWishes = ({ task, pace }) => ({
  inside: byId("diagram").checkVisibility() ? OF_DIAGRAM : "",
  curves: task === "curve_fitting" ? "curves" : "",
  "slow motion": isSlowMotion(pace) ? "phases" : "",
});

/**
 * Parts of the page wish for views of the stream, each by itself; the stream carries what any of them wishes.
 * @param {(views: string) => void} setViews
 * @param {Record<string, string>} wishes the first ones
 */
function joinViews(setViews, wishes) {
  const join = () => setViews(Object.values(wishes).filter(Boolean).join());
  join();
  return (/** @type {string} */ part) => (/** @type {string} */ views) => {
    wishes[part] = views;
    join();
  };
}

/** At a full server, as long as there is no experiment. @param {string} words */
function showPlaceInLine(words) {
  byId("place-in-line").textContent = words;
  byId("place-in-line").hidden = !words;
}

/** @param {Error & {status?: number}} problem */
function showFailure(problem) {
  showPlaceInLine("");
  const missing = problem.status === 404;
  byId("failure-title").textContent = missing ? t("There is no such experiment") : t("The playground could not start");
  byId("failure-detail").textContent = problem.message;
  byId("failure").hidden = false;
}

start().catch(showFailure);
