// The experiments of the page, one to some, on the same points, spoken to as one: the chosen one is shown and changed, while
// points, data and running are common to all. Speaks like api/experiment.js.

import { haveSameData, isCommon } from "../core/comparison.js";
import { createLockstep } from "../core/lockstep.js";
import { openExperiment } from "./experiment.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("./experiment.js").ExperimentState} ExperimentState */
/** @typedef {{session: import("../core/types.js").SessionReply, series: import("../core/series.js").Series}} Known */
/** @typedef {{session: Known["session"], state: ExperimentState, experiment: ReturnType<typeof openExperiment>}} Panel */

/**
 * @typedef {{onState: (changes: Partial<ExperimentState>) => void, onPanels: (panels: Panel[], chosen: Panel) => void,
 *   onProblem: (message: string) => void}} Listener onState hears of the chosen one alone
 */

/** @param {Known[]} known the first one is chosen @param {Listener} listener */
export function openPanels(known, listener) {
  const roster = createRoster(listener);
  const standings = () => roster.all().map(({ state }) => state.snapshot);
  const mend = createMend();
  let lockstep = createLockstep([]);

  /** @param {Panel} panel @param {Partial<ExperimentState>} changes */
  const receive = (panel, changes) => {
    panel.state = { ...panel.state, ...changes };
    const [panels, chosen] = [roster.all(), roster.chosen()];
    if (panel === chosen) listener.onState(changes);
    if (!panels.includes(panel)) return;
    roster.tell();
    if (panels.length < 2) return;
    for (const [behind, steps] of lockstep.missing(panels.map((one) => [one, one.state.snapshot])))
      behind.experiment.command("step", { steps });
    if (panel === chosen && changes.document) mend.follow(panels, chosen);
  };

  /** @param {Known} one */
  const open = ({ session, series }) => {
    const panel = /** @type {Panel} */ ({ session, state: firstState(session) });
    roster.expect(panel);
    const onState = (/** @type {Partial<ExperimentState>} */ changes) => receive(panel, changes);
    panel.experiment = openExperiment(session, series, { onState, onProblem: listener.onProblem });
    roster.add(panel);
    lockstep = createLockstep(standings());
  };

  /** @param {Change} change */
  const change = (change) => {
    const isForAll = isCommon(change);
    const name = change.kind === "command" ? change.name : "";
    if (name && isForAll) lockstep.prepare(name, standings());
    mend.prepare(name);
    for (const panel of isForAll ? roster.all() : [roster.chosen()]) panel.experiment.change(change);
  };

  known.forEach(open);
  return {
    change,
    /** @param {string} name @param {object} [body] */
    command: (name, body) => change({ kind: "command", name, body }),
    /** @param {number} id */
    real: (id) => roster.chosen().experiment.real(id),
    fork: () => roster.chosen().experiment.fork(),
    setViews: roster.setViews,
    panels: roster.all,
    chosen: roster.chosen,
    choose: roster.choose,
    /** Put one more beside them. @param {Known} one */
    add(one) {
      open(one);
      roster.tell();
    },
    close: roster.remove,
    destroy: () => roster.all().forEach(({ experiment }) => experiment.destroy()),
  };
}

/** Which panels there are, and which of them is chosen: it alone is seen with all its views. @param {Listener} listener */
function createRoster({ onState, onPanels }) {
  /** @type {Panel[]} */
  let panels = [];
  /** @type {Panel} */
  let chosen;
  let views = "";
  const tell = () => onPanels(panels, chosen);

  /** @param {Panel} panel */
  const choose = (panel) => {
    if (panel === chosen) return;
    if (panels.includes(chosen)) chosen.experiment.setViews("");
    chosen = panel;
    chosen.experiment.setViews(views);
    onState(chosen.state);
    tell();
  };

  return {
    all: () => panels,
    chosen: () => chosen,
    choose,
    tell,
    /** The first one is chosen before it is opened. @param {Panel} panel */
    expect: (panel) => (chosen ??= panel),
    /** @param {Panel} panel */
    add: (panel) => (panels = [...panels, panel]),
    /** Take one away; it goes on existing. @param {Panel} panel */
    remove(panel) {
      const place = panels.indexOf(panel);
      panels = panels.filter((one) => one !== panel);
      panel.experiment.destroy();
      if (panel === chosen) choose(panels[Math.min(place, panels.length - 1)]);
      else tell();
    },
    /** @param {string} wanted */
    setViews(wanted) {
      views = wanted;
      chosen.experiment.setViews(views);
    },
  };
}

/** What is known of an experiment before its first frame. @param {Known["session"]} session @returns {ExperimentState} */
function firstState(session) {
  const seen = { regions: null, inside: null, phases: null, curves: null, scores: null };
  const ids = { editId: session.id ?? null, viewId: session.view_id };
  return /** @type {any} */ ({ ...seen, ...ids, document: session.document, snapshot: session.snapshot });
}

/** What one takes back may be a change of the points, which are common. */
function createMend() {
  let isMending = false;
  return {
    /** @param {string} command that is about to be sent */
    prepare(command) {
      isMending = command === "undo" || command === "redo";
    },
    /** @param {Panel[]} panels @param {Panel} chosen whose document has changed */
    follow(panels, chosen) {
      const { points, classes, task, dataset } = chosen.state.document;
      const others = panels.filter(({ state }) => !haveSameData(state.document, chosen.state.document));
      if (!isMending || !others.length) return;
      isMending = false;
      for (const { experiment } of others)
        experiment.change({ kind: "patch", patch: { points, classes, task, dataset } });
    },
  };
}
