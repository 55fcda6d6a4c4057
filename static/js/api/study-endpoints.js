// The paths of the HTTP API about studies. One function per request; each goes on through an outage of the server.

import { API } from "../core/prefix.js";
import { fetchOrProblem, request } from "./http.js";
import { persistently } from "./persistently.js";

/** @typedef {import("../core/study-values.js").StudyRun} StudyRun */

/** @param {string} name @param {object} parameters @returns {Promise<{seconds: number, networks: number}>} */
export const getEstimate = (name, parameters) =>
  request("GET", `${API}/studies/${name}/estimate?parameters=${encodeURIComponent(JSON.stringify(parameters))}`);

/** @param {string} name @param {object} parameters @returns {Promise<{id: string}>} */
export const createRun = (name, parameters) =>
  persistently((key) => request("POST", `${API}/studies/${name}/runs`, parameters, key));

/** A run as it stands, with or without its rows. @param {string} id @param {boolean} rows @returns {Promise<StudyRun>} */
export const getRun = (id, rows) => persistently(() => request("GET", `${runPath(id)}?rows=${rows}`));

/** @param {string} id */
export const cancelRun = (id) => persistently((key) => request("DELETE", runPath(id), undefined, key));

/** The figure as the text of an SVG. @param {string} id @param {string} theme @param {boolean} narrow */
export const getFigure = (id, theme, narrow) => {
  const path = `${runPath(id)}/figure?theme=${theme}&narrow=${narrow}`;
  return persistently(() => fetchOrProblem(path, { method: "GET" }, (response) => response.text()));
};

/** @param {string} id */
export const runPath = (id) => `${API}/runs/${encodeURIComponent(id)}`;
