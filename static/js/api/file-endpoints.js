// The paths of the HTTP API that are about files: points as CSV, models, figures. One function per request, nothing else.

import { sessionPath } from "./endpoints.js";
import { fetchOrProblem, request, send } from "./http.js";
import { persistently } from "./persistently.js";

/** All points anew, from CSV. @param {string} id @param {string} csv */
export const putPoints = (id, csv) =>
  persistently((key) => send("PUT", `${sessionPath(id)}/points`, csv, "text/csv", key));

/** All of an experiment, to be saved. @param {string} id */
export const getExperiment = (id) => request("GET", `${sessionPath(id)}/experiment`);

/** A session that goes on where a saved experiment stood. @param {object} saved @returns {Promise<import("../core/types.js").SessionReply>} */
export const openExperiment = (saved) => persistently((key) => request("POST", "/api/v1/experiments", saved, key));

/** @param {string} id @param {object} model */
export const putModel = (id, model) => persistently((key) => request("PUT", `${sessionPath(id)}/model`, model, key));

/** The address of a file to download. @param {string} id @param {"points"|"model"} what @param {string} format */
export const fileUrl = (id, what, format) => `${sessionPath(id)}/${what}?format=${format}`;

/** The trained network as a file. @param {string} id @param {string} format */
export const getModelFile = (id, format) => getFile(fileUrl(id, "model", format));

/** The plane as an SVG file. @param {string} id */
export const getFigure = (id) => getFile(`${sessionPath(id)}/figure`);

/** @param {string} path */
const getFile = async (path) => (await fetchOrProblem(path, {})).blob();
