// Stylesheets that come with a part of the page which is fetched late.

import { h } from "./dom.js";

/** @type {Map<string, Promise<unknown>>} */
const fetched = new Map();

/** Fetch static/css/name.css, once; it holds when the promise is kept. @param {string} name */
export function fetchStyle(name) {
  const known = fetched.get(name);
  if (known) return known;
  const style = new Promise((resolve) => {
    const href = new URL(`../../css/${name}.css`, import.meta.url).href;
    document.head.append(h("link", { rel: "stylesheet", href, on: { load: resolve, error: resolve } }));
  });
  fetched.set(name, style);
  return style;
}

/** Code together with its stylesheets. @template T @param {Promise<T>} code @param {...string} styles @returns {Promise<T>} */
export async function withStyles(code, ...styles) {
  const [loaded] = await Promise.all([code, ...styles.map(fetchStyle)]);
  return loaded;
}
