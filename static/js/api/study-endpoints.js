// The paths of the HTTP API about studies. One function per request.

import { PREFIX } from "../core/prefix.js";
import { fetchOrProblem, request } from "./http.js";

const ROOT = `${PREFIX}/api/v1`;

/** @typedef {import("../core/study-values.js").StudyRun} StudyRun */

/** @param {string} name @param {object} parameters @returns {Promise<{seconds: number, networks: number}>} */
export const getEstimate = (name, parameters) =>
  request("GET", `${ROOT}/studies/${name}/estimate?parameters=${encodeURIComponent(JSON.stringify(parameters))}`);

/** @param {string} name @param {object} parameters @returns {Promise<{id: string}>} */
export const createRun = (name, parameters) => request("POST", `${ROOT}/studies/${name}/runs`, parameters);

/** A run as it stands, with or without its rows. @param {string} id @param {boolean} rows @returns {Promise<StudyRun>} */
export const getRun = (id, rows) => request("GET", `${runPath(id)}?rows=${rows}`);

/** @param {string} id */
export const cancelRun = (id) => request("DELETE", runPath(id));

/** The figure as the text of an SVG. @param {string} id @param {string} theme @param {boolean} narrow */
export const getFigure = async (id, theme, narrow) =>
  (await fetchOrProblem(`${runPath(id)}/figure?theme=${theme}&narrow=${narrow}`, { method: "GET" })).text();

/** @param {string} id */
export const runPath = (id) => `${ROOT}/runs/${encodeURIComponent(id)}`;
