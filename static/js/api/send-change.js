// Sends one change to the server. Points that were just added go by a temporary negative id until the server names them.

import * as endpoints from "./endpoints.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("../core/types.js").ChangeReply} ChangeReply */

/** @param {string} sessionId */
export function createSender(sessionId) {
  /** @type {Map<number, number>} temporary id -> the server's */
  const named = new Map();
  const real = (/** @type {number} */ id) => named.get(id) ?? id;

  /** @param {import("../core/types.js").Point[]} points @param {number|undefined} gesture @param {string} key */
  const add = async (points, gesture, key) => {
    const unnamed = points.map(({ id: _, ...fields }) => fields);
    const reply = await endpoints.postPoints(sessionId, { points: unnamed, gesture }, key);
    points.forEach((point, index) => named.set(Number(point.id), reply.points[index].id));
    return reply;
  };

  /** @param {Change} change @param {string} key the same when it is sent again @returns {Promise<ChangeReply>} */
  const send = (change, key) => {
    switch (change.kind) {
      case "patch":
        return endpoints.patchSession(sessionId, change.patch, key, change.isAfresh);
      case "add":
        return add(change.points, change.gesture, key);
      case "edit":
        return endpoints.patchPoints(
          sessionId,
          { points: change.edits.map(({ id, fields }) => ({ id: real(id), ...fields })), gesture: change.gesture },
          key,
        );
      case "remove":
        return endpoints.patchPoints(sessionId, { remove: change.ids.map(real), gesture: change.gesture }, key);
      case "clear":
        return endpoints.deletePoints(sessionId, key);
      case "weight":
        return endpoints.patchWeight(sessionId, change.entry, key);
      case "command":
        return endpoints.postCommand(sessionId, change.name, change.body, key);
    }
  };
  return { send, real };
}
