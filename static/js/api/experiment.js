// One live experiment: its document as the person should see it, its run state, its stream, and the changes on their way.
// Puts what it knows into the page's store; knows nothing of the page itself.

import { t } from "../core/messages.js";
import { createOptimisticDocument } from "../core/optimistic-document.js";
import { createUndoState } from "../core/undo-state.js";
import { createChangeQueue } from "./change-queue.js";
import { createCourse } from "./course.js";
import { forkSession, getHistory } from "./endpoints.js";
import { createSender } from "./send-change.js";
import { subscribe } from "./stream.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../core/types.js").Snapshot} Snapshot */
/**
 * @typedef {{document: LabDocument, snapshot: Snapshot, regions: import("../core/types.js").Regions|null,
 *   series: import("../core/series.js").Series, connection: import("../core/types.js").Connection,
 *   inside: import("../core/types.js").Inside|null, phases: import("../core/types.js").Phases|null,
 *   curves: import("../core/types.js").UnitCurves|null, scores: import("../core/types.js").Scores|null, editId: string|null, viewId: string}} ExperimentState
 */

/** What of its frames is always on screen. */
const PLANE = { parts: "regions" };

/** Why there will be no more of an experiment. @type {Record<string, string>} */
const REASONS = {
  deleted: t("This experiment has been deleted. What you see is its last state; open a new one to go on."),
  broken: t("This experiment has failed several times and rests for now. It is kept; open its link again later."),
};

/**
 * @param {import("../core/types.js").SessionReply} session
 * @param {import("../core/series.js").Series} series what is known of the steps so far; goes on growing
 * @param {{onState: (changes: Partial<ExperimentState>) => void,
 *   onProblem: (message: string) => void}} listener
 */
export function openExperiment(session, series, listener) {
  const id = session.id ?? session.view_id;
  const sender = createSender(id);
  const optimistic = createOptimisticDocument(session.snapshot.revision, session.document, sender.real, session);
  const undo = createUndoState(session.snapshot);
  const course = courseOf(session, series, (renewed) => listener.onState({ series: renewed }));

  const showDocument = () => listener.onState({ document: optimistic.current() });

  const queue = createQueue({ sender, optimistic, undo }, { showDocument, onProblem: listener.onProblem });

  const subscription = subscribe(session.view_id, PLANE, {
    onDocument(news) {
      optimistic.receive(news.revision, news.document, news);
      showDocument();
    },
    onFrame(frame) {
      const { regions, ...seen } = partsOf(frame, optimistic);
      undo.learn({ revision: seen.snapshot.revision, snapshot: seen.snapshot });
      listener.onState({ series: course.take(seen.snapshot), ...seen, ...(regions && { regions }) });
    },
    onConnection(connection) {
      if (connection === "hidden" || connection === "reconnecting") course.miss();
      listener.onState({ connection });
    },
    onGone: (reason) => listener.onProblem(REASONS[reason] ?? REASONS.deleted),
  });

  showDocument();
  listener.onState({ snapshot: session.snapshot, series });

  return {
    change: queue.push,
    /** @param {string} name @param {object} [body] */
    command: (name, body) => queue.push({ kind: "command", name, body }),
    /** The server's id of a point that may still go by a temporary one. */
    real: sender.real,
    /** @param {import("./endpoints.js").OnWait} onWait */
    fork: (onWait) => forkSession(id, onWait),
    /** Parts that each frame shall carry besides the plane, e.g. "units,weights". @param {string} views */
    setViews: (views) => subscription.change({ parts: `${PLANE.parts},${views}` }),
    destroy: () => subscription.end(),
  };
}

/**
 * The changes on their way, which show at once.
 * @param {{sender: ReturnType<typeof createSender>, optimistic: ReturnType<typeof createOptimisticDocument>,
 *   undo: ReturnType<typeof createUndoState>}} known
 * @param {{showDocument: () => void, onProblem: (message: string) => void}} options
 */
function createQueue({ sender, optimistic, undo }, { showDocument, onProblem }) {
  return createChangeQueue({
    send: async (change, key) => (undo.isVain(change) ? { revision: 0 } : sender.send(change, key)),
    onQueued(change) {
      optimistic.add(change);
      showDocument();
    },
    onJoined(older, joined) {
      optimistic.replace(older, joined);
      showDocument();
    },
    // A reply's snapshot is left alone: frames tell the same in their right order, and soon.
    onReply(change, reply) {
      if (reply.document) optimistic.receive(reply.revision, reply.document, reply);
      optimistic.confirm(change, reply.revision);
      undo.learn(reply);
      showDocument();
    },
    onProblem(changes, problem) {
      changes.forEach(optimistic.reject);
      showDocument();
      onProblem(problem.message);
    },
  });
}

/** @param {import("../core/types.js").SessionReply} session @param {import("../core/series.js").Series} series @param {(series: import("../core/series.js").Series) => void} onSeries */
const courseOf = ({ id, view_id, snapshot }, series, onSeries) =>
  createCourse({ series, snapshot }, { fetchHistory: () => getHistory(id ?? view_id), onSeries });

/** A frame as the page's state has it; weights that were set by hand are told as long as no frame has them. @param {import("../core/types.js").Frame} frame @param {ReturnType<typeof createOptimisticDocument>} optimistic */
function partsOf(
  { regions, units, weights, warp, phases = null, curves = null, scores = null, ...snapshot },
  optimistic,
) {
  optimistic.receiveFrame(snapshot.revision);
  const typed = optimistic.typedWeights();
  const inside = units && weights ? { units, weights, warp: warp ?? null, typed } : null;
  return { snapshot, regions, inside, phases, curves, scores };
}
