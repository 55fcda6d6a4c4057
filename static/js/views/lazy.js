// What is fetched when it is wanted for the first time: the one way in which the page loads code on demand.

import { watchOnScreen } from "./on-screen.js";

/**
 * @template T
 * @typedef {{now: () => T|null, want: () => Promise<T>}} Lazy now: what has come, null until then; want: fetch it, once
 */

/**
 * @template T
 * @param {() => Promise<T>} load is tried anew by the next who wants it, should it fail
 * @param {(part: T) => void} [onReady] told once, when it has come
 * @returns {Lazy<T>}
 */
export function lazy(load, onReady = () => {}) {
  /** @type {T|null} */
  let part = null;
  /** @type {Promise<T>|null} */
  let fetched = null;
  const fetchIt = async () => {
    try {
      part = await load();
    } catch (problem) {
      fetched = null;
      throw problem;
    }
    onReady(part);
    return part;
  };
  return { now: () => part, want: () => (fetched ??= fetchIt()) };
}

/**
 * @template {unknown[]} A
 * @typedef {{show: (...values: A) => void, destroy?: () => void}} View
 */

/**
 * A view that is fetched when it is wanted; until then it keeps only what it would show.
 * @template {unknown[]} A
 * @template {View<A>} V
 * @param {() => Promise<V & View<A>>} load
 */
export function lazyView(load) {
  /** @type {A|null} */
  let last = null;
  const view = lazy(load, (loaded) => last && loaded.show(...last));
  return {
    want: view.want,
    /** @param {A} values */
    show(...values) {
      last = values;
      view.now()?.show(...values);
    },
    destroy: () => view.now()?.destroy?.(),
  };
}

/**
 * The same for a view in a part of the page: wanted when that comes into sight, which `onSight` is told of.
 * @template {unknown[]} A
 * @template {View<A>} V
 * @param {HTMLElement} place
 * @param {() => Promise<V & View<A>>} load
 * @param {() => void} [onSight]
 */
export function lazyViewIn(place, load, onSight = () => {}) {
  const view = lazyView(load);
  const isInSight = watchOnScreen(place, () => {
    view.want();
    onSight();
  });
  return {
    ...view,
    isInSight,
    destroy() {
      isInSight.destroy();
      view.destroy();
    },
  };
}
