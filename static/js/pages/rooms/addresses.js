// The addresses of the classroom's pages.

import { PREFIX, withoutPrefix } from "../../core/prefix.js";

/** The last part of this page's address: an id or a code. @param {string} pathname */
export const idIn = (pathname) => /^\/(?:r|rooms|screen)\/([^/]+)/.exec(withoutPrefix(pathname))?.[1] ?? "";

/** @param {string} id of a teacher */
export const wallAddress = (id) => `${PREFIX}/rooms/${id}`;

/** @param {string} id of a teacher */
export const printAddress = (id) => `${PREFIX}/rooms/${id}/print`;

/** @param {string} id of a member */
export const studentAddress = (id) => `${PREFIX}/r/${id}`;

/** @param {string} id of a screen */
export const screenAddress = (id) => `${PREFIX}/screen/${id}`;

/** Of a page that makes its reader a copy. @param {string} viewId */
export const copyAddress = (viewId) => `${PREFIX}/copy/${viewId}`;

/** Where rooms are joined, as one types it. */
export const joinPlace = () => `${location.host}${PREFIX}/join`;

/** Of a page to read; only of this server's own. @param {string} path */
export const pageAddress = (path) =>
  /^\/(lessons|studies)(\/|$)/.test(path) ? `${PREFIX}${path}` : `${PREFIX}/lessons`;
