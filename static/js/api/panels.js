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
export function openPanels(known, { onState, onPanels, onProblem }) {
  /** @type {Panel[]} */
  let panels = [];
  /** @type {Panel} */
  let chosen;
  let views = "";
  const together = createTogether(() => panels);

  /** @param {Panel} panel @param {Partial<ExperimentState>} changes */
  const receive = (panel, changes) => {
    panel.state = { ...panel.state, ...changes };
    if (panel === chosen) onState(changes);
    if (!panels.includes(panel)) return;
    onPanels(panels, chosen);
    together.follow(chosen, panel === chosen && Boolean(changes.document));
  };

  /** @param {Known} one */
  const open = ({ session, series }) => {
    const panel = /** @type {Panel} */ ({ session, state: firstState(session) });
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
    },
    destroy: () => panels.forEach(({ experiment }) => experiment.destroy()),
  };
}

/** What is said to all as to one. @param {() => Panel} chosen @param {(change: Change, chosen: Panel) => void} make */
function spokenTo(chosen, make) {
  const change = (/** @type {Change} */ change) => make(change, chosen());
  return {
    change,
    /** @param {string} name @param {object} [body] */
    command: (name, body) => change({ kind: "command", name, body }),
    /** @param {number} id */
    real: (id) => chosen().experiment.real(id),
    fork: () => chosen().experiment.fork(),
  };
}

/** Keeps the panels at the same step and on the same points. @param {() => Panel[]} panels */
function createTogether(panels) {
  const standings = () => panels().map(({ state }) => state.snapshot);
  const mend = createMend();
  let lockstep = createLockstep([]);
  return {
    /** Others are beside each other now. */
    begin() {
      lockstep = createLockstep(standings());
    },
    /** @param {Panel} chosen @param {boolean} isDocument whether it is its document that has changed */
    follow(chosen, isDocument) {
      if (panels().length < 2) return;
      for (const [behind, steps] of lockstep.missing(panels().map((one) => [one, one.state.snapshot])))
        behind.experiment.command("step", { steps });
      if (isDocument) mend.follow(panels(), chosen);
    },
    /** @param {Change} change @param {Panel} chosen */
    change(change, chosen) {
      const isForAll = isCommon(change);
      const name = change.kind === "command" ? change.name : "";
      if (name && isForAll) lockstep.prepare(name, standings(), stepsOf(change));
      mend.prepare(name, panels(), chosen);
      for (const panel of isForAll ? panels() : [chosen]) panel.experiment.change(change);
    },
  };
}

/** How many steps a command asks for. @param {Change} change */
const stepsOf = (change) => (change.kind === "command" ? /** @type {{steps?: number}} */ (change.body)?.steps : 0);

/** What is known of an experiment before its first frame. @param {Known["session"]} session @returns {ExperimentState} */
function firstState(session) {
  const seen = { regions: null, inside: null, phases: null, curves: null, scores: null };
  const ids = { editId: session.id ?? null, viewId: session.view_id };
  return /** @type {any} */ ({ ...seen, ...ids, document: session.document, snapshot: session.snapshot });
}

/** What one takes back may be a change of the points, which are common to those that had the same ones. */
function createMend() {
  /** @type {Panel[]} with the chosen one's data before it takes something back */
  let alike = [];
  /** @param {Panel} one @param {Panel} other */
  const areAlike = (one, other) => haveSameData(one.state.document, other.state.document);
  return {
    /** @param {string} command that is about to be sent @param {Panel[]} panels @param {Panel} chosen */
    prepare(command, panels, chosen) {
      alike = command === "undo" || command === "redo" ? panels.filter((one) => areAlike(one, chosen)) : [];
    },
    /** @param {Panel[]} panels @param {Panel} chosen whose document has changed */
    follow(panels, chosen) {
      const { points, classes, task, dataset } = chosen.state.document;
      const others = alike.filter((one) => panels.includes(one) && !areAlike(one, chosen));
      if (!others.length) return;
      alike = [];
      for (const { experiment } of others)
        experiment.change({ kind: "patch", patch: { points, classes, task, dataset } });
    },
  };
}
