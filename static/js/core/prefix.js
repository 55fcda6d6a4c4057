// Where this server's addresses begin: nothing, or a path such as /lab that a proxy has put before them. Told by where this
// very file comes from.

const STATIC = "/static/";

/** @param {string} url of a file below /static/ */
export function prefixIn(url) {
  const { protocol, pathname } = new URL(url);
  return protocol.startsWith("http") ? pathname.slice(0, pathname.lastIndexOf(STATIC)) : "";
}

export const PREFIX = prefixIn(import.meta.url);

/** Where the API's addresses begin. */
export const API = `${PREFIX}/api/v1`;

/** A path of this server without the prefix. @param {string} pathname @param {string} [prefix] */
export const withoutPrefix = (pathname, prefix = PREFIX) =>
  pathname === prefix || pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname;
