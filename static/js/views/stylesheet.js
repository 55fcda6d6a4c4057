// Stylesheets that come with a part of the page which is fetched late.

import { h } from "./dom.js";

/** Fetch static/css/name.css; it holds once the promise is kept. @param {string} name @returns {Promise<unknown>} */
export function fetchStyle(name) {
  return new Promise((resolve) => {
    const href = new URL(`../../css/${name}.css`, import.meta.url).href;
    document.head.append(h("link", { rel: "stylesheet", href, on: { load: resolve, error: resolve } }));
  });
}
