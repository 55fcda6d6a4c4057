// Which unit inside the network a person points at or has pinned, and which two are the axes of the warped plane. Asks for the
// views that show them.

import { OF_DIAGRAM } from "../../core/wants.js";
import { chooseUnit, validChoice } from "../../core/warp-axes.js";

/** @typedef {{layer: number, unit: number}} UnitPlace */
/** @typedef {{layer: number, units: [number, number]}} Axes */

/** @param {(views: string) => void} onViews */
export function createUnitChoices(onViews) {
  /** @type {UnitPlace} */
  let pinned = { layer: 1, unit: 0 };
  /** @type {UnitPlace|null} */
  let looked = null;
  /** @type {Axes|null} */
  let axes = null;
  let hasWarp = false;
  const requestViews = () => {
    const warp = axes && hasWarp ? `,warp.${axes.layer}.${axes.units.join(".")}` : "";
    onViews(`${OF_DIAGRAM}${warp}`);
  };
  requestViews();

  return {
    requestViews,
    /** What is pinned, what is pointed at, the unit to show of both, and the axes. */
    get: () => ({ pinned, looked, place: looked ?? pinned, axes }),
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
    /** @param {boolean} isInSight the warped plane costs a frame's worth of bytes: it comes while one sees it */
    showWarp(isInSight) {
      hasWarp = isInSight;
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
