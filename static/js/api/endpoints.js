// The paths of the HTTP API that the page uses always; those of files are in file-endpoints.js. One function per request.

import { request } from "./http.js";

const ROOT = "/api/v1";

/** @param {string} id */
export const sessionPath = (id) => `${ROOT}/sessions/${encodeURIComponent(id)}`;

/** @returns {Promise<import("../core/types.js").Catalog>} */
export const getCatalog = () => request("GET", `${ROOT}/catalog`);

/** @param {object} [document] @returns {Promise<import("../core/types.js").SessionReply>} */
export const createSession = (document = {}) => request("POST", `${ROOT}/sessions`, document);

/** @param {string} id @returns {Promise<import("../core/types.js").SessionReply>} */
export const getSession = (id) => request("GET", sessionPath(id));

/** Columns of loss and accuracy by step. @param {string} id @returns {Promise<Record<string, (number|null)[]>>} */
export const getHistory = (id) => request("GET", `${sessionPath(id)}/history`);

/** @param {string} id @param {object} patch */
export const patchSession = (id, patch) => request("PATCH", sessionPath(id), patch);

/** @param {string} id @param {{points: object[], gesture?: number}} body */
export const postPoints = (id, body) => request("POST", `${sessionPath(id)}/points`, body);

/** @param {string} id @param {{points?: object[], remove?: number[], gesture?: number}} changes */
export const patchPoints = (id, changes) => request("PATCH", `${sessionPath(id)}/points`, changes);

/** @param {string} id */
export const deletePoints = (id) => request("DELETE", `${sessionPath(id)}/points`);

/** run, pause, reset, step, undo, redo, fork, dataset. @param {string} id @param {string} name @param {object} [body] */
export const postCommand = (id, name, body = {}) => request("POST", `${sessionPath(id)}/${name}`, body);

/** Set one weight or bias. @param {string} id @param {object} entry */
export const patchWeight = (id, entry) => request("PATCH", `${sessionPath(id)}/weights`, entry);

/** What one unit says all over the plane. @param {string} id @param {{layer: number, unit: number}} place @returns {Promise<import("../core/types.js").FineMap>} */
export const getUnit = (id, { layer, unit }) => request("GET", `${sessionPath(id)}/unit?layer=${layer}&unit=${unit}`);

/** @param {string} id @param {string} [views] extra views in each frame, e.g. "units,weights" */
export const streamUrl = (id, views = "") => `${sessionPath(id)}/stream${views && `?views=${views}`}`;
