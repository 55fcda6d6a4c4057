// The paths of the HTTP API that the page uses always; those of files are in file-endpoints.js. One function per request.

import { API } from "../core/prefix.js";
import { request } from "./http.js";
import { inLine } from "./persistently.js";

/** @param {string} id */
export const sessionPath = (id) => `${API}/sessions/${encodeURIComponent(id)}`;

/** @returns {Promise<import("../core/types.js").Catalog>} */
export const getCatalog = () => request("GET", `${API}/catalog`);

/** Told the place in line while the server is full, in its words. @typedef {(words: string) => void} OnWait */

/** @param {object} document @param {OnWait} onWait @returns {Promise<import("../core/types.js").SessionReply>} */
export const createSession = (document, onWait) =>
  inLine((key) => request("POST", `${API}/sessions`, document, key), onWait);

/** A copy with a life of its own. @param {string} id @param {OnWait} onWait @returns {Promise<import("../core/types.js").SessionReply>} */
export const forkSession = (id, onWait) => inLine((key) => postCommand(id, "fork", {}, key), onWait);

/** @param {string} id */
export const deleteSession = (id) => request("DELETE", sessionPath(id));

/** @param {string} id @returns {Promise<import("../core/types.js").SessionReply>} */
export const getSession = (id) => request("GET", sessionPath(id));

/** Columns of loss and accuracy by step. @param {string} id @returns {Promise<Record<string, (number|null)[]>>} */
export const getHistory = (id) => request("GET", `${sessionPath(id)}/history`);

/** What was changed by hand in the course of training. @param {string} id @returns {Promise<{marks: import("../core/types.js").Mark[]}>} */
export const getMarks = (id) => request("GET", `${sessionPath(id)}/marks`);

// Changes: `key` is the same for one that is sent again.

/** @param {string} id @param {object} patch @param {string} key @param {boolean} [isAfresh] training starts anew with it */
export const patchSession = (id, patch, key, isAfresh = false) =>
  request("PATCH", `${sessionPath(id)}?points=changed${isAfresh ? "&afresh=true" : ""}`, patch, key);

/** @param {string} id @param {{points: object[], gesture?: number}} body @param {string} key */
export const postPoints = (id, body, key) => request("POST", `${sessionPath(id)}/points`, body, key);

/** @param {string} id @param {{points?: object[], remove?: number[], gesture?: number}} changes @param {string} key */
export const patchPoints = (id, changes, key) => request("PATCH", `${sessionPath(id)}/points`, changes, key);

/** @param {string} id @param {string} key */
export const deletePoints = (id, key) => request("DELETE", `${sessionPath(id)}/points`, undefined, key);

/** run, pause, reset, step, undo, redo, dataset. @param {string} id @param {string} name @param {object} [body] @param {string} [key] */
export const postCommand = (id, name, body = {}, key) => request("POST", `${sessionPath(id)}/${name}`, body, key);

/** Set one weight or bias. @param {string} id @param {object} entry @param {string} key */
export const patchWeight = (id, entry, key) => request("PATCH", `${sessionPath(id)}/weights`, entry, key);

/** What one unit says all over the plane. @param {string} id @param {{layer: number, unit: number}} place @returns {Promise<import("../core/types.js").FineMap>} */
export const getUnit = (id, { layer, unit }) => request("GET", `${sessionPath(id)}/unit?layer=${layer}&unit=${unit}`);

/** @param {string} query from core/wants.js */
export const streamUrl = (query) => `${API}/stream?${query}`;
