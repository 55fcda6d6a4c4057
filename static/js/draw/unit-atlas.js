// A sheet of unit maps: all of them are painted in one go, then single ones are drawn where they belong, enlarged smoothly.
// Knows pixels, not layouts.

import { paintMap } from "../core/unit-maps.js";
import { contextOf } from "./canvas.js";

/** Maps side by side on the sheet; wide enough for a thousand without a very long canvas. */
const ACROSS = 32;

/** @typedef {import("../core/types.js").UnitMap} UnitMap */
/** @typedef {ReturnType<typeof createUnitAtlas>} UnitAtlas */

export function createUnitAtlas() {
  const sheet = document.createElement("canvas");
  /** @type {ImageData|null} */
  let image = null;
  let pixels = new Uint32Array(0);
  let side = 0;

  /** @param {number} count @param {number} size */
  const useSize = (count, size) => {
    const [width, height] = [ACROSS * size, Math.ceil(count / ACROSS) * size];
    side = size;
    if (image && image.width === width && image.height === height) return image;
    Object.assign(sheet, { width, height });
    image = contextOf(sheet).createImageData(width, height);
    pixels = new Uint32Array(image.data.buffer);
    return image;
  };

  const placeOf = (/** @type {number} */ index) => ({
    left: (index % ACROSS) * side,
    top: Math.floor(index / ACROSS) * side,
  });

  return {
    /**
     * @param {UnitMap[]} maps
     * @param {number} size rows and columns of each
     * @param {Uint32Array} scale from signedScale
     */
    paint(maps, size, scale) {
      if (!maps.length) return;
      const target = useSize(maps.length, size);
      maps.forEach((map, index) =>
        paintMap(pixels, { ...placeOf(index), stride: target.width, cols: size }, map, scale),
      );
      contextOf(sheet).putImageData(target, 0, 0);
    },
    /**
     * Draw map `index` as a square; half a cell at its edges is left out, so that nothing of its neighbours shines in.
     * @param {CanvasRenderingContext2D} context
     * @param {number} index
     * @param {number} left
     * @param {number} top
     * @param {number} width
     */
    draw(context, index, left, top, width) {
      const from = placeOf(index);
      context.imageSmoothingEnabled = true;
      context.imageSmoothingQuality = "high";
      context.drawImage(sheet, from.left + 0.5, from.top + 0.5, side - 1, side - 1, left, top, width, width);
    },
  };
}
