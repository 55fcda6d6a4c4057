// A view whose code is fetched when it is wanted for the first time; until then it keeps only what it would show.

import { once } from "./dom.js";
import { watchOnScreen } from "./on-screen.js";

/**
 * @template {unknown[]} A
 * @param {() => Promise<{show: (...values: A) => void}>} load
 */
export function createLazy(load) {
  /** @type {{show: (...values: A) => void}|null} */
  let view = null;
  /** @type {A|null} */
  let last = null;
  const want = once(async () => {
    view = await load();
    if (last) view.show(...last);
  });
  return {
    /** Fetch it now, once. */
    want: () => void want(),
    /** @param {A} values */
    show(...values) {
      last = values;
      view?.show(...values);
    },
  };
}

/**
 * The same for a view in a part of the page: wanted when that comes into sight.
 * @template {unknown[]} A
 * @param {HTMLElement} place
 * @param {() => Promise<{show: (...values: A) => void}>} load
 */
export function createLazyIn(place, load) {
  const view = createLazy(load);
  watchOnScreen(place, view.want);
  return view;
}
