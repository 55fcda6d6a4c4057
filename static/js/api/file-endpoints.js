// The paths of the HTTP API that are about files: points as CSV, models, figures. One function per request, nothing else.

import { API } from "../core/prefix.js";
import { sessionPath } from "./endpoints.js";
import { fetchOrProblem, request, send } from "./http.js";
import { inLine, persistently } from "./persistently.js";

/** The type of bytes that the server is to look at itself. */
const BYTES = "application/octet-stream";

/**
 * What is understood of a table; changes nothing.
 * @param {string} id
 * @param {Blob} table
 * @param {string} query choices
 * @returns {Promise<import("../core/table-choices.js").Preview>}
 */
export const previewPoints = (id, table, query) =>
  send("POST", `${sessionPath(id)}/points/preview${query}`, table, BYTES);

/**
 * All points anew, from a table, in each of these; the first one's reply. What is wrong with the table is known before the others change.
 * @param {string[]} ids @param {Blob} table @param {string} query choices
 */
export async function putTable([first, ...others], table, query) {
  const put = (/** @type {string} */ id) =>
    persistently((key) => send("PUT", `${sessionPath(id)}/points${query}`, table, BYTES, key));
  const reply = await put(first);
  await Promise.all(others.map(put));
  return reply;
}

/** The address of the points as CSV. @param {string} id @param {import("../core/table-convention.js").Convention} convention */
export const pointsUrl = (id, { separator, decimal }) =>
  `${sessionPath(id)}/points?format=csv&separator=${separator}&decimal=${decimal}`;

/** The points as a table. @param {string} id @param {import("../core/table-convention.js").Convention} convention */
export const getPointsTable = (id, convention) =>
  fetchOrProblem(pointsUrl(id, convention), {}, (response) => response.text());

/** @param {string} id @returns {Promise<{points: import("../core/types.js").Point[]}>} */
export const getPointsJson = (id) => request("GET", `${sessionPath(id)}/points?format=json`);

/** All of an experiment, to be saved. @param {string} id */
export const getExperiment = (id) => request("GET", `${sessionPath(id)}/experiment`);

/** A session that goes on where a saved experiment stood. @param {object} saved @param {import("./endpoints.js").OnWait} onWait @returns {Promise<import("../core/types.js").SessionReply>} */
export const openExperiment = (saved, onWait) =>
  inLine((key) => request("POST", `${API}/experiments`, saved, key), onWait);

/** @param {string} id @param {object} model */
export const putModel = (id, model) => persistently((key) => request("PUT", `${sessionPath(id)}/model`, model, key));

/** The address of a file to download. @param {string} id @param {"model"} what @param {string} format */
export const fileUrl = (id, what, format) => `${sessionPath(id)}/${what}?format=${format}`;

/** The trained network as a file. @param {string} id @param {string} format */
export const getModelFile = (id, format) => getFile(fileUrl(id, "model", format));

/** The plane as an SVG file. @param {string} id */
export const getFigure = (id) => getFile(`${sessionPath(id)}/figure`);

/** @param {string} path */
const getFile = (path) => fetchOrProblem(path, {}, (response) => response.blob());
