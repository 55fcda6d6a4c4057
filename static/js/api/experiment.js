// One live experiment: its document as the person should see it, its run state, its stream, and the changes on their way.
// Puts what it knows into the page's store; knows nothing of the page itself.

import { t } from "../core/messages.js";
import { createOptimisticDocument } from "../core/optimistic-document.js";
import { record } from "../core/series.js";
import { createUndoState } from "../core/undo-state.js";
import { createChangeQueue } from "./change-queue.js";
import { postCommand } from "./endpoints.js";
import { createSender } from "./send-change.js";
import { persistently } from "./persistently.js";
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

  const showDocument = () => listener.onState({ document: optimistic.current() });

  const queue = createChangeQueue({
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
      listener.onProblem(problem.message);
    },
  });

  const subscription = subscribe(session.view_id, PLANE, {
    onDocument(news) {
      optimistic.receive(news.revision, news.document, news);
      showDocument();
    },
    onFrame({ regions, units, weights, warp, phases = null, curves = null, scores = null, ...snapshot }) {
      record(series, snapshot);
      optimistic.receiveFrame(snapshot.revision);
      undo.learn({ revision: snapshot.revision, snapshot });
      const typed = optimistic.typedWeights();
      const inside = units && weights ? { units, weights, warp: warp ?? null, typed } : null;
      listener.onState({ snapshot, series, inside, phases, curves, scores, ...(regions && { regions }) });
    },
    onConnection: (connection) => listener.onState({ connection }),
    onGone: (reason) => listener.onProblem(REASONS[reason] ?? REASONS.deleted),
  });

  showDocument();
  record(series, session.snapshot);
  listener.onState({ snapshot: session.snapshot, series });

  return {
    change: queue.push,
    /** @param {string} name @param {object} [body] */
    command: (name, body) => queue.push({ kind: "command", name, body }),
    /** The server's id of a point that may still go by a temporary one. @param {number} id */
    real: (id) => sender.real(id),
    /** @returns {Promise<import("../core/types.js").SessionReply>} */
    fork: () => persistently((key) => postCommand(id, "fork", {}, key)),
    /** Parts that each frame shall carry besides the plane, e.g. "units,weights". @param {string} views */
    setViews: (views) => subscription.change({ parts: `${PLANE.parts},${views}` }),
    destroy: () => subscription.end(),
  };
}
