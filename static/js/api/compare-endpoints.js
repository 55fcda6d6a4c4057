// Requests that make experiments side by side.

import { postCommand, sessionPath } from "./endpoints.js";
import { request } from "./http.js";
import { inLine } from "./persistently.js";

/** @typedef {import("../core/compare-values.js").Comparison} Comparison */

/**
 * An experiment for each value, trained from the start.
 * @param {string} id of one with all the rest
 * @param {Comparison} comparison
 * @param {import("./endpoints.js").OnWait} onWait
 * @returns {Promise<string[]>} their ids, in the order of the values
 */
export async function makeCompared(id, comparison, onWait) {
  const path = `${sessionPath(id)}/compare`;
  const { sessions } = await inLine((key) => request("POST", path, comparison, key), onWait);
  return sessions.map((/** @type {{id: string}} */ one) => one.id);
}

/** Set one going, even if the page is about to be gone. @param {string} id */
export const runAtLast = (id) =>
  navigator.sendBeacon(`${sessionPath(id)}/run`, new Blob(["{}"], { type: "application/json" }));

/** Set all of them going. @param {string[]} ids */
export const runAll = (ids) => Promise.all(ids.map((id) => postCommand(id, "run")));
