// Remembers in this browser the ways back: into rooms that were joined, and to the own ones.

import { membershipsIn, withMembership, withoutMembership } from "../../core/rooms/memberships.js";
import { keep, recall } from "../../views/keepsake.js";

/** @typedef {import("../../core/rooms/memberships.js").Membership} Membership */

export const JOINED = "nnlab-joined";
export const TAUGHT = "nnlab-rooms";

/** @param {string} key joined or taught */
export const memberships = (key) => membershipsIn(recall(key));

/** @param {string} key @param {import("../../core/rooms/types.js").Room} room as one may see it @param {string} [replaced] an id that is no longer good */
export function remember(key, { code, id, title, member }, replaced = "") {
  const newest = { code, id, title, name: member?.nickname ?? "", time_ms: Date.now() };
  keep(key, JSON.stringify(withMembership(withoutMembership(memberships(key), replaced), newest)));
}

/** @param {string} key @param {string} id */
export const forget = (key, id) => keep(key, JSON.stringify(withoutMembership(memberships(key), id)));
