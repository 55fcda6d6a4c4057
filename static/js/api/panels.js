// The experiments of the page, one to some, on the same points, spoken to as one: the chosen one is shown and changed, while
// points, data and running are common to all. Speaks like api/experiment.js.

import { haveSameData, isCommon } from "../core/comparison.js";
import { createLockstep } from "../core/lockstep.js";
import { createWaiting } from "../core/waiting.js";
import { runAtLast } from "./compare-endpoints.js";
import { openExperiment } from "./experiment.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("./experiment.js").ExperimentState} ExperimentState */
/** @typedef {{session: import("../core/types.js").SessionReply, series: import("../core/series.js").Series}} Known */
/**
 * told: how it stands by the server; its state has it running where it only waits for the others.
 * @typedef {{session: Known["session"], state: ExperimentState, told: ExperimentState["snapshot"],
 *   experiment: ReturnType<typeof openExperiment>}} Panel
 */

/**
 * @typedef {{onState: (changes: Partial<ExperimentState>) => void, onPanels: (panels: Panel[], chosen: Panel) => void,
 *   onProblem: (message: string) => void}} Listener onState hears of the chosen one alone
 */

/** @param {Known[]} known the first one is chosen @param {Listener} listener */
export function openPanels(known, { onState, onPanels, onProblem }) {
  let panels = /** @type {Panel[]} */ ([]);
  let chosen = /** @type {Panel} */ (/** @type {unknown} */ (null));
  let views = "";
  const together = createTogether({ panels: () => panels, onNews: (panel, news) => receive(panel, news) });

  /** @param {Panel} panel @param {Partial<ExperimentState>} news */
  const receive = (panel, news) => {
    const changes = together.heard(panel, news);
    panel.state = { ...panel.state, ...changes };
    if (panel === chosen) onState(changes);
    if (!panels.includes(panel)) return;
    onPanels(panels, chosen);
    together.follow(chosen, changes.document && panel);
  };

  /** @param {Known} one */
  const open = ({ session, series }) => {
    const panel = /** @type {Panel} */ ({ session, state: firstState(session), told: session.snapshot });
    chosen ??= panel;
    panel.experiment = openExperiment(session, series, { onState: (news) => receive(panel, news), onProblem });
    panels = [...panels, panel];
    together.begin();
  };

  /** @param {Panel} panel */
  const choose = (panel) => {
    if (panel === chosen) return;
    if (panels.includes(chosen)) chosen.experiment.setViews("");
    chosen = panel;
    chosen.experiment.setViews(views);
    onState(chosen.state);
    onPanels(panels, chosen);
  };

  known.forEach(open);
  return {
    ...spokenTo(() => chosen, together.change),
    /** @param {string} wanted */
    setViews(wanted) {
      views = wanted;
      chosen.experiment.setViews(views);
    },
    panels: () => panels,
    chosen: () => chosen,
    choose,
    /** Put one more beside them. @param {Known} one */
    add: (one) => (open(one), onPanels(panels, chosen)),
    /** Take one away; it goes on existing. @param {Panel} panel */
    close(panel) {
      const place = panels.indexOf(panel);
      panels = panels.filter((one) => one !== panel);
      panel.experiment.destroy();
      if (panel === chosen) choose(panels[Math.min(place, panels.length - 1)]);
      else onPanels(panels, chosen);
      together.closed(panel, chosen);
    },
  };
}

/** What is said to all as to one. @param {() => Panel} chosen @param {(change: Change, chosen: Panel) => void} make */
function spokenTo(chosen, make) {
  return {
    /** @param {Change} change */
    change: (change) => make(change, chosen()),
    /** @param {number} id */
    real: (id) => chosen().experiment.real(id),
    /** @param {import("./endpoints.js").OnWait} onWait */
    fork: (onWait) => chosen().experiment.fork(onWait),
  };
}

/**
 * Keeps the panels at the same step and on the same points.
 * @param {{panels: () => Panel[], onNews: (panel: Panel, news: Partial<ExperimentState>) => void}} parts
 */
function createTogether({ panels, onNews }) {
  const present = () => panels().filter(isThere);
  const byPanel = () => present().map((one) => /** @type {[Panel, Panel["told"]]} */ ([one, one.told]));
  const mend = createMend();
  /** @type {ReturnType<typeof createLockstep<Panel>>} */
  let lockstep = createLockstep([]);
  /** @type {ReturnType<typeof createWaiting<Panel>>} */
  let waiting = createWaiting([]);
  /** Nobody looks any more: who waits for the others goes on, as nobody else would set it going. */
  const leave = () => {
    if (!document.hidden) return;
    for (const { session } of waiting.clear()) if (session.id) runAtLast(session.id);
  };
  document.addEventListener("visibilitychange", leave);
  /** @param {Panel} chosen */
  const keepLevel = (chosen) => {
    for (const [behind, steps] of lockstep.missing(byPanel())) behind.experiment.command("step", { steps });
    if (!chosen.session.id || !lockstep.isTogether()) return;
    const { pause, run } = waiting.look(byPanel(), chosen.state.document.pace.steps_per_second);
    for (const panel of pause) panel.experiment.command("pause");
    for (const panel of run) panel.experiment.command("run");
  };
  return {
    /** Others are beside each other now. */
    begin() {
      lockstep = createLockstep(byPanel());
      waiting = createWaiting(byPanel());
    },
    /** News of a panel as the person is to hear them: to wait for the others is to run. @param {Panel} panel @param {Partial<ExperimentState>} news */
    heard(panel, news) {
      if (!news.snapshot) return news;
      panel.told = news.snapshot;
      const waits = waiting.has(panel) && panel.told.state === "paused";
      return waits ? { ...news, snapshot: { ...panel.told, state: /** @type {const} */ ("running") } } : news;
    },
    /** @param {Panel} chosen @param {Panel} [changed] whose document has changed, if it is that */
    follow(chosen, changed) {
      keepLevel(chosen);
      if (changed) mend.follow(present(), changed);
    },
    /** One is no longer beside them, and nobody waits for it; it stays as it stands. @param {Panel} panel @param {Panel} chosen */
    closed(panel, chosen) {
      waiting.forget(panel);
      keepLevel(chosen);
    },
    /** @param {Change} change @param {Panel} chosen */
    change(change, chosen) {
      const isForAll = isCommon(change);
      const name = change.kind === "command" ? change.name : "";
      if (name && isForAll) {
        lockstep.prepare(name, byPanel(), stepsOf(change));
        for (const panel of waiting.clear()) onNews(panel, { snapshot: panel.told });
      }
      if (name || isForAll) mend.prepare(name, present(), chosen);
      for (const panel of panels())
        if (panel === chosen || (isForAll && isThere(panel))) panel.experiment.change(change);
    },
  };
}

/** What is gone stands still for good: nobody waits for it. @param {Panel} panel */
export const isThere = ({ state }) => state.connection !== "gone";

/** How many steps a command asks for. @param {Change} change */
const stepsOf = (change) => (change.kind === "command" ? /** @type {{steps?: number}} */ (change.body)?.steps : 0);

/** What is known of an experiment before its first frame. @param {Known["session"]} session @returns {ExperimentState} */
function firstState(session) {
  const seen = { regions: null, inside: null, phases: null, curves: null, scores: null };
  const ids = { editId: session.id ?? null, viewId: session.view_id };
  return /** @type {any} */ ({ ...seen, ...ids, document: session.document, snapshot: session.snapshot });
}

/** What leaves the document as it is, so that what was taken back before may still have to be told of. */
const RUNNING = ["run", "pause", "step", "reset", "back"];

/** What one takes back may be a change of the points, which are common to those that had the same ones. */
function createMend() {
  /** @type {Panel|null} who takes something back */
  let source = null;
  /** @type {Panel[]} with its data before that */
  let alike = [];
  /** @param {Panel} one @param {Panel} other */
  const areAlike = (one, other) => haveSameData(one.state.document, other.state.document);
  return {
    /** @param {string} command that is about to be sent @param {Panel[]} panels @param {Panel} chosen */
    prepare(command, panels, chosen) {
      if (RUNNING.includes(command)) return;
      source = chosen;
      alike = command === "undo" || command === "redo" ? panels.filter((one) => areAlike(one, chosen)) : [];
    },
    /** @param {Panel[]} panels @param {Panel} changed whose document has changed */
    follow(panels, changed) {
      if (changed !== source) return;
      const { points, classes, class_names, task, dataset } = changed.state.document;
      for (const one of alike)
        if (panels.includes(one) && !areAlike(one, changed))
          one.experiment.change({ kind: "patch", patch: { points, classes, class_names, task, dataset } });
    },
  };
}
