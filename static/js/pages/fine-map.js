// The fine map of the unit that a person looks at: fetched after each frame, one request at a time, the newest wish wins.

/** @typedef {{layer: number, unit: number}} UnitPlace layer from 1 */
/** @typedef {import("../core/types.js").FineMap} FineMap */

/** Rest between two requests, in ms: less than a frame's interval where the map fills the plane, more beside it. */
const GAP_MS = { plane: 60, card: 400 };

/**
 * @param {{fetchMap: (place: UnitPlace) => Promise<FineMap>, onMap: (map: FineMap) => void,
 *   wait?: (callback: () => void, ms: number) => unknown}} options
 */
export function createFineMaps({ fetchMap, onMap, wait = setTimeout }) {
  /** @type {UnitPlace|null} the unit whose map is wanted anew */
  let wanted = null;
  let isBusy = false;

  /** @param {number} gap_ms */
  const next = async (gap_ms) => {
    if (!wanted || isBusy) return;
    const place = wanted;
    wanted = null;
    isBusy = true;
    const map = await fetchMap(place).catch(() => null); // the unit may be gone by now; a coarse map is there anyway
    if (map) onMap(map);
    wait(() => {
      isBusy = false;
      next(gap_ms);
    }, gap_ms);
  };

  return {
    /** @param {UnitPlace} place @param {boolean} isOnPlane */
    want(place, isOnPlane) {
      wanted = place.layer > 0 ? place : null;
      next(isOnPlane ? GAP_MS.plane : GAP_MS.card);
    },
  };
}
