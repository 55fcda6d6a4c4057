// The document as the person should see it now: the server's newest, with the changes on top that it has not shown yet.
// Weights set by hand are no part of it; they are kept in the same way until a frame has them.
// Pure bookkeeping; knows nothing of requests or streams.

import { applyChange } from "./changes.js";
import { keepEqual } from "./keep-equal.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./types.js").LeanDocument} LeanDocument */

/**
 * @param {number} revision
 * @param {LabDocument} document
 * @param {(id: number) => number} [real] a point's temporary id -> the server's, if it is known
 * @param {{points_revision?: number}} [of] of which revision the points are
 */
export function createOptimisticDocument(revision, document, real, { points_revision: pointsRevision } = {}) {
  const pending = createPending();
  let shown = document;

  /**
   * The document with the points that it lacks, as they have not changed; null if they have, of which a stream tells.
   * @param {LeanDocument} lean @param {number|undefined} ofRevision @returns {LabDocument|null}
   */
  const whole = ({ points, ...rest }, ofRevision) => {
    if (points) return { ...rest, points };
    return ofRevision === pointsRevision ? { ...rest, points: document.points } : null;
  };

  return {
    /** What to show; what of it is as it was is the same object as before. */
    current() {
      const now = pending.changes().reduce((changed, change) => applyChange(changed, change, real), document);
      shown = keepEqual(shown, now);
      return shown;
    },

    /**
     * Take the server's word, unless it is older than what we have.
     * @param {number} newRevision @param {LeanDocument} newDocument @param {{points_revision?: number}} [of] of which revision its points are
     */
    receive(newRevision, newDocument, { points_revision } = {}) {
      const received = whole(newDocument, points_revision);
      if (newRevision < revision || !received) return;
      [revision, document, pointsRevision] = [newRevision, received, points_revision];
      pending.settle(revision, false);
    },

    /** A frame was made when the document was at this revision; a later frame may come after a newer document. @param {number} atRevision */
    receiveFrame: (atRevision) => pending.settle(atRevision, true),

    /** What frames do not show yet. */
    typedWeights: () => pending.changes().flatMap((change) => (change.kind === "weight" ? [change.entry] : [])),

    add: pending.add,
    replace: pending.replace,
    reject: pending.remove,

    /** The server made it, as part of `atRevision`; it stays on top until that document is here. @param {Change} change @param {number} atRevision */
    confirm(change, atRevision) {
      pending.confirm(change, atRevision);
      pending.settle(revision, false);
    },
  };
}

/** Changes that the server's documents do not show yet; `confirmed`: as of which revision they will. */
function createPending() {
  /** @type {{change: Change, confirmed: number|null}[]} */
  let pending = [];
  return {
    changes: () => pending.map(({ change }) => change),

    /** @param {Change} change */
    add(change) {
      pending.push({ change, confirmed: null });
    },

    /** @param {Change} older @param {Change} newer what `older` was joined into */
    replace(older, newer) {
      pending = pending.map((entry) => (entry.change === older ? { ...entry, change: newer } : entry));
    },

    /** @param {Change} change @param {number} atRevision */
    confirm(change, atRevision) {
      pending = pending.map((entry) => (entry.change === change ? { ...entry, confirmed: atRevision } : entry));
    },

    /** @param {Change} change */
    remove(change) {
      pending = pending.filter((entry) => entry.change !== change);
    },

    /** Forget the changes, of weights or all others, that have been made by `atRevision`. @param {number} atRevision @param {boolean} ofWeights */
    settle(atRevision, ofWeights) {
      pending = pending.filter(
        ({ change, confirmed }) =>
          (change.kind === "weight") !== ofWeights || confirmed === null || confirmed > atRevision,
      );
    },
  };
}
