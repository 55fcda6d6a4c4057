// One unit's map, large: on the big plane and beside its numbers. The map alone is enlarged, so its edges stay true.

import { paintMap } from "../core/unit-maps.js";
import { contextOf } from "./canvas.js";

export function createUnitMapLayer() {
  const small = document.createElement("canvas");
  /** @type {ImageData|null} */
  let image = null;

  /**
   * Draw a map over a square of `width` CSS pixels at the canvas's top left corner.
   * @param {CanvasRenderingContext2D} context
   * @param {import("../core/types.js").UnitMap} map
   * @param {Uint32Array} scale from signedScale
   * @param {number} width
   */
  return function drawUnitMap(context, map, scale, width) {
    const size = Math.round(Math.sqrt(map.values.length));
    if (!image || image.width !== size) {
      Object.assign(small, { width: size, height: size });
      image = contextOf(small).createImageData(size, size);
    }
    paintMap(new Uint32Array(image.data.buffer), { left: 0, top: 0, stride: size, cols: size }, map, scale);
    contextOf(small).putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, 0, width, width);
  };
}
