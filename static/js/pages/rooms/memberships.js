// Remembers in this browser the ways back: into rooms that were joined, and to the own ones.

import { membershipsIn, withMembership, withoutMembership } from "../../core/rooms/memberships.js";
import { keep, recall } from "../../views/keepsake.js";

/** @typedef {import("../../core/rooms/memberships.js").Membership} Membership */

export const JOINED = "nnlab-joined";
export const TAUGHT = "nnlab-rooms";

/** @param {string} key joined or taught */
export const memberships = (key) => membershipsIn(recall(key));

/**
 * @param {string} key joined or taught
 * @param {import("../../core/rooms/types.js").Room} room as one may see it
 * @param {string} [session] the teacher's own experiment, where it is another one than before
 */
export function remember(key, { code, id, title, member }, session) {
  const name = member?.nickname ?? "";
  const known = memberships(key);
  const before = known.find((one) => one.code === code && one.name === name);
  const newest = { code, id, title, name, time_ms: Date.now(), session: session ?? before?.session };
  keep(key, JSON.stringify(withMembership(known, newest)));
}

/** The teacher's own experiment in a room, undefined where this browser knows of none. @param {string} code */
export const experimentIn = (code) => memberships(TAUGHT).find((one) => one.code === code)?.session;

/** @param {string} key @param {string} id */
export const forget = (key, id) => keep(key, JSON.stringify(withoutMembership(memberships(key), id)));
