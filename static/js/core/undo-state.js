// Whether there is anything to undo or to redo, by the newest reply or frame. Pure bookkeeping.

/** @param {Pick<import("./types.js").Snapshot, "revision"|"can_undo"|"can_redo">} newest */
export function createUndoState(newest) {
  return {
    /** Is there nothing that it could undo or redo? @param {import("./changes.js").Change} change */
    isVain: (change) =>
      change.kind === "command" && /** @type {Record<string, unknown>} */ (newest)[`can_${change.name}`] === false,

    /** A reply without a snapshot is to a change of the document. @param {import("./types.js").ChangeReply} reply */
    learn({ revision, snapshot }) {
      if (snapshot && revision >= newest.revision) newest = snapshot;
      else if (revision > newest.revision) newest = { revision, can_undo: true, can_redo: false };
    },
  };
}
