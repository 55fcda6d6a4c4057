// A small plane on the page: the picture of somebody's experiment, as large as its place. Changes nothing, listens to nobody.

import { createThumbnail, LARGE, SMALL } from "../../draw/thumbnail.js";
import { h } from "../dom.js";
import { planeInks, pointColours } from "../plane/point-colours.js";

/**
 * @typedef {{document: import("../../core/types.js").LabDocument|null, regions: import("../../core/types.js").Regions|null,
 *   colours: import("../header/theme.js").Colours}} Picture
 */

/** @param {{isLarge?: boolean}} [options] */
export function createPlaneThumbnail({ isLarge = false } = {}) {
  const below = h("canvas", { "aria-hidden": true });
  const above = h("canvas", { "aria-hidden": true });
  const element = h("span", { class: "thumbnail" }, below, above);
  const thumbnail = createThumbnail({ below, above }, isLarge ? LARGE : SMALL);
  /** @type {Picture|null} */
  let shown = null;
  let drawnSide = 0;

  /** @param {Picture} picture @param {Partial<Picture>} drawn what of it is on the canvases already */
  const draw = (picture, drawn) => {
    const { document, regions, colours } = picture;
    const side = element.clientWidth;
    if (!document || !side) return;
    const isNew = side !== drawnSide || colours !== drawn.colours;
    const inks = planeInks(document.task, colours);
    if (regions && (isNew || regions !== drawn.regions)) thumbnail.showRegions(regions, document, inks, side);
    if (isNew || document !== drawn.document)
      thumbnail.showPoints(document, pointColours(document.task, colours), inks, side);
    drawnSide = side;
  };

  return {
    element,
    /** @param {Picture} picture */
    show(picture) {
      draw(picture, shown ?? {});
      shown = picture;
    },
    /** Its place has another size. */
    resize: () => shown && draw(shown, shown),
  };
}

/** @typedef {ReturnType<typeof createPlaneThumbnail>} PlaneThumbnail */
