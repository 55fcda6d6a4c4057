// Two live experiments A and B on the same points, spoken to as one: the chosen one is shown and changed, while points, data
// and running are common to both. Speaks like api/experiment.js.

import { SIDES, haveSameData, isCommon } from "../core/comparison.js";
import { openExperiment } from "./experiment.js";

/** @typedef {import("../core/comparison.js").Side} Side */
/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("./experiment.js").ExperimentState} ExperimentState */
/** @typedef {{session: import("../core/types.js").SessionReply, series: import("../core/series.js").Series}} Known */

/** The most steps that one request may ask for. */
const MOST_STEPS = 10_000;

/** @typedef {Record<Side, ExperimentState>} States */
/** @typedef {Record<Side, ReturnType<typeof openExperiment>>} Sides */

/**
 * @param {Record<Side, Known>} known
 * @param {{onState: (changes: Partial<ExperimentState>) => void, onPair: (chosen: Side, states: States) => void,
 *   onProblem: (message: string) => void}} listener onState hears of the chosen one alone
 */
export function openPair(known, { onState, onPair, onProblem }) {
  /** @type {Side} */
  let chosen = "a";
  let views = "";
  const states = { a: firstState(known.a), b: firstState(known.b) };
  const sides = /** @type {Sides} */ ({});
  const level = createLevel(states, sides);
  const mend = createMend(states, sides);

  /** @param {Side} side @param {Partial<ExperimentState>} changes */
  const receive = (side, changes) => {
    states[side] = { ...states[side], ...changes };
    if (side === chosen) onState(changes);
    if (!sides.b) return;
    onPair(chosen, states);
    level.follow();
    if (side === chosen && changes.document) mend.follow(chosen);
  };

  /** @param {Change} change */
  const change = (change) => {
    const name = change.kind === "command" ? change.name : "";
    for (const part of [level, mend]) part.prepare(name);
    for (const side of isCommon(change) ? SIDES : [chosen]) sides[side].change(change);
  };

  for (const side of SIDES) {
    const { session, series } = known[side];
    sides[side] = openExperiment(session, series, { onState: (changes) => receive(side, changes), onProblem });
  }

  return {
    change,
    /** @param {string} name @param {object} [body] */
    command: (name, body) => change({ kind: "command", name, body }),
    /** @param {number} id */
    real: (id) => sides[chosen].real(id),
    fork: () => sides[chosen].fork(),
    /** @param {string} wanted */
    setViews(wanted) {
      views = wanted;
      sides[chosen].setViews(views);
    },
    /** Show and change this one from now on. @param {Side} side */
    choose(side) {
      if (side === chosen) return;
      sides[chosen].setViews("");
      chosen = side;
      sides[chosen].setViews(views);
      onState(states[chosen]);
      onPair(chosen, states);
    },
    destroy: () => SIDES.forEach((side) => sides[side].destroy()),
  };
}

/** What is known of an experiment before its first frame. @param {Known} known @returns {ExperimentState} */
function firstState({ session }) {
  const seen = { regions: null, inside: null, phases: null, curves: null, scores: null };
  return /** @type {any} */ ({ ...seen, editId: session.id ?? null, viewId: session.view_id });
}

/** Two that pause at the same moment have not quite taken the same number of steps: the one behind takes the rest. @param {States} states @param {Sides} sides */
function createLevel(states, sides) {
  let isLevelling = false;
  return {
    /** @param {string} command that is about to be sent */
    prepare(command) {
      isLevelling = command === "pause" && SIDES.every((side) => states[side].snapshot.state === "running");
    },
    follow() {
      const { a, b } = states;
      if (!isLevelling || [a, b].some(({ snapshot }) => snapshot.state === "running")) return;
      isLevelling = false;
      const behind = a.snapshot.step < b.snapshot.step ? "a" : "b";
      const steps = Math.min(MOST_STEPS, Math.abs(a.snapshot.step - b.snapshot.step));
      if (steps && states[behind].snapshot.state === "paused") sides[behind].command("step", { steps });
    },
  };
}

/** What one takes back may be a change of the points, which are common. @param {States} states @param {Sides} sides */
function createMend(states, sides) {
  let isMending = false;
  return {
    /** @param {string} command that is about to be sent */
    prepare(command) {
      isMending = command === "undo" || command === "redo";
    },
    /** @param {Side} chosen whose document has changed */
    follow(chosen) {
      const { points, classes, task, dataset } = states[chosen].document;
      if (!isMending || haveSameData(states.a.document, states.b.document)) return;
      isMending = false;
      const other = chosen === "a" ? "b" : "a";
      sides[other].change({ kind: "patch", patch: { points, classes, task, dataset } });
    },
  };
}
