// Which unit inside the network a person points at or has pinned, and which two are the axes of the warped plane. Asks for the
// views that show them.

import { OF_DIAGRAM } from "../../core/wants.js";
import { chooseUnit, validChoice } from "../../core/warp-axes.js";

/** @typedef {{layer: number, unit: number}} UnitPlace */
/** @typedef {{layer: number, units: [number, number]}} Axes */

/** Who shows something of the units: parts of the page in sight, the plane, the warped plane. @typedef {"sight"|"plane"|"warp"} Viewer */

/** @param {(views: string) => void} onViews @param {boolean} isInSight whether any part of the page shows them now */
export function createUnitChoices(onViews, isInSight) {
  /** @type {UnitPlace} */
  let pinned = { layer: 1, unit: 0 };
  /** @type {UnitPlace|null} */
  let looked = null;
  /** @type {Axes|null} */
  let axes = null;
  const viewers = new Set(/** @type {Viewer[]} */ (isInSight ? ["sight"] : []));
  const requestViews = () => {
    const warp = axes && viewers.has("warp") ? `,warp.${axes.layer}.${axes.units.join(".")}` : "";
    onViews(viewers.size ? `${OF_DIAGRAM}${warp}` : "");
  };
  requestViews();

  return {
    /** What is pinned, what is pointed at, the unit to show of both, the axes, and those of a warped plane that is in sight. */
    get: () => ({ pinned, looked, place: looked ?? pinned, axes, axesInSight: viewers.has("warp") ? axes : null }),
    /** @param {UnitPlace|null} place */
    look(place) {
      looked = place;
    },
    /** @param {UnitPlace} place @param {number} count units in its layer */
    pin({ layer, unit }, count) {
      pinned = { layer, unit };
      if (layer > 0 && count > 1) axes = chooseUnit(axes, layer, unit, count);
      requestViews();
    },
    /** Units and weights are most of a frame: they come while somebody shows them. @param {Viewer} viewer @param {boolean} isThere */
    showTo(viewer, isThere) {
      if (isThere) viewers.add(viewer);
      else viewers.delete(viewer);
      requestViews();
    },
    /** @param {Axes} newAxes */
    chooseAxes(newAxes) {
      axes = newAxes;
      requestViews();
    },
    /** Choices that the network no longer has give way to ones that it has. @param {number[]} counts units of each column */
    mend(counts) {
      if (!(pinned.unit < counts[pinned.layer])) pinned = { layer: Math.min(1, counts.length - 1), unit: 0 };
      if (looked && !(looked.unit < counts[looked.layer])) looked = null;
      const valid = validChoice(axes, counts.slice(1));
      if (JSON.stringify(valid) === JSON.stringify(axes)) return;
      axes = valid;
      requestViews();
    },
  };
}
