// The paths of the HTTP API that the page uses (DESIGN.md section 4). One function per request, nothing else.

import { request, requestFile, send } from "./http.js";

const ROOT = "/api/v1";

/** @param {string} id */
const session = (id) => `${ROOT}/sessions/${encodeURIComponent(id)}`;

/** @returns {Promise<import("../core/types.js").Catalog>} */
export const getCatalog = () => request("GET", `${ROOT}/catalog`);

/** @param {object} [document] @returns {Promise<import("../core/types.js").SessionReply>} */
export const createSession = (document = {}) => request("POST", `${ROOT}/sessions`, document);

/** @param {string} id @returns {Promise<import("../core/types.js").SessionReply>} */
export const getSession = (id) => request("GET", session(id));

/** Columns of loss and accuracy by step. @param {string} id @returns {Promise<Record<string, (number|null)[]>>} */
export const getHistory = (id) => request("GET", `${session(id)}/history`);

/** @param {string} id @param {object} patch */
export const patchSession = (id, patch) => request("PATCH", session(id), patch);

/** @param {string} id @param {object[]} points */
export const postPoints = (id, points) => request("POST", `${session(id)}/points`, { points });

/** @param {string} id @param {number} point @param {object} fields */
export const patchPoint = (id, point, fields) => request("PATCH", `${session(id)}/points/${point}`, fields);

/** Several points at once. @param {string} id @param {{points?: object[], remove?: number[]}} changes */
export const patchPoints = (id, changes) => request("PATCH", `${session(id)}/points`, changes);

/** @param {string} id @param {number} point */
export const deletePoint = (id, point) => request("DELETE", `${session(id)}/points/${point}`);

/** @param {string} id */
export const deletePoints = (id) => request("DELETE", `${session(id)}/points`);

/** All points anew, from CSV. @param {string} id @param {string} csv */
export const putPoints = (id, csv) => send("PUT", `${session(id)}/points`, csv, "text/csv");

/** @param {string} id */
export const getModel = (id) => request("GET", `${session(id)}/model`);

/** @param {string} id @param {object} model */
export const putModel = (id, model) => request("PUT", `${session(id)}/model`, model);

/** The address of a file to download. @param {string} id @param {"points"|"model"} what @param {string} format */
export const fileUrl = (id, what, format) => `${session(id)}/${what}?format=${format}`;

/** The trained network as a file. @param {string} id @param {string} format */
export const getModelFile = (id, format) => requestFile(fileUrl(id, "model", format));

/** The plane as an SVG file. @param {string} id */
export const getFigure = (id) => requestFile(`${session(id)}/figure`);

/** run, pause, reset, step, undo, redo, fork, dataset. @param {string} id @param {string} name @param {object} [body] */
export const postCommand = (id, name, body = {}) => request("POST", `${session(id)}/${name}`, body);

/** Set one weight or bias. @param {string} id @param {object} entry */
export const patchWeight = (id, entry) => request("PATCH", `${session(id)}/weights`, entry);

/** What one unit says all over the plane. @param {string} id @param {{layer: number, unit: number}} place @returns {Promise<import("../core/types.js").FineMap>} */
export const getUnit = (id, { layer, unit }) => request("GET", `${session(id)}/unit?layer=${layer}&unit=${unit}`);

/** @param {string} id @param {string} [views] extra views in each frame, e.g. "units,weights" */
export const streamUrl = (id, views = "") => `${session(id)}/stream${views && `?views=${views}`}`;
