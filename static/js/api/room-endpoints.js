// The paths of the HTTP API about rooms. One function per request.

import { language } from "../core/messages.js";
import { API } from "../core/prefix.js";
import { request } from "./http.js";
import { inLine, persistently } from "./persistently.js";

/** @typedef {import("../core/rooms/types.js").Room} Room */

/** @param {string} id of a teacher, member or screen, or a code */
export const roomPath = (id) => `${API}/rooms/${encodeURIComponent(id)}`;

/** A change of the room, sent until it is known whether it was made. @param {string} method @param {string} path @param {object} [body] */
const change = (method, path, body) => persistently((key) => request(method, path, body, key));

/** @param {{title?: string, session?: string, keep_days?: number}} wish @returns {Promise<Room>} */
export const createRoom = (wish) => change("POST", `${API}/rooms`, wish);

/** What anybody may know of a room. @param {string} code @returns {Promise<{code: string, title: string, state: "open"|"ended", members: number, most_members: number}>} */
export const getDoor = (code) => request("GET", roomPath(code));

/** @param {string} code @param {string} nickname @param {(words: string) => void} onWait told the place in line while the server is full @returns {Promise<Room>} */
export const joinRoom = (code, nickname, onWait) =>
  inLine((key) => request("POST", `${roomPath(code)}/join`, { nickname }, key), onWait);

/** @param {string} id @returns {Promise<Room>} */
export const getRoom = (id) => request("GET", roomPath(id));

/** @param {string} id the teacher's @param {object} patch @returns {Promise<Room>} */
export const patchRoom = (id, patch) => change("PATCH", roomPath(id), patch);

/** task, poll, challenge, keys, end, reopen; vote, submit, hand. @param {string} id @param {string} name @param {object} [body] */
export const postToRoom = (id, name, body = {}) => change("POST", `${roomPath(id)}/${name}`, body);

/** poll or challenge; the whole room without a name. @param {string} id the teacher's @param {string} [name] */
export const deleteOfRoom = (id, name) => change("DELETE", name ? `${roomPath(id)}/${name}` : roomPath(id));

/** @param {string} id the teacher's @param {number} number @param {{nickname?: string, hint?: string|null, is_raised?: boolean}} patch */
export const patchMember = (id, number, patch) => change("PATCH", `${roomPath(id)}/members/${number}`, patch);

/** @param {string} id the teacher's @param {number} number */
export const deleteMember = (id, number) => change("DELETE", `${roomPath(id)}/members/${number}`);

/** @returns {Promise<{challenges: import("../core/rooms/types.js").Challenge[]}>} */
export const getChallenges = () => request("GET", `${API}/challenges`);

/** @typedef {import("../core/rooms/types.js").Results} Results */

/** @param {string} id the teacher's @returns {Promise<Results>} */
export const getResults = (id) => request("GET", `${roomPath(id)}/results`);

/** The address of a picture that leads to the join page. @param {string} code */
export const qrUrl = (code) => `${roomPath(code)}/qr.svg`;

/** The results as a file, written as spreadsheets of the page's language read it. @param {string} id the teacher's */
export const resultsUrl = (id) =>
  `${roomPath(id)}/results.csv${language === "en" ? "" : "?separator=semicolon&decimal=comma"}`;
