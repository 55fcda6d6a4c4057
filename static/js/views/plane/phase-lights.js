// Rings around the points of the minibatch, on a canvas of their own over the plane.

import { planeGeometry } from "../../core/plane-geometry.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { pointRadius } from "../../draw/points-layer.js";
import { h } from "../dom.js";
import { watchSize } from "../size.js";

/** Room between a point and its ring, in CSS pixels. */
const GAP_CSS = 4.5;

/**
 * @typedef {{points: number[], document: import("../../core/types.js").LabDocument, colours: import("../header/theme.js").Colours}} Lights
 * points: ids
 */

/** @param {HTMLElement} plane */
export function createPhaseLights(plane) {
  const canvas = h("canvas", { class: "phase-lights", "aria-hidden": true, hidden: true });
  plane.append(canvas);
  /** @type {Lights|null} */
  let lights = null;

  const draw = () => {
    canvas.hidden = !lights;
    if (!lights) return;
    const { document, points, colours } = lights;
    const chosen = new Set(points);
    const { widthCss, heightCss } = size();
    const geometry = planeGeometry(widthCss, heightCss, document.view);
    fitCanvas(canvas, widthCss, heightCss);
    const context = contextOf(canvas);
    context.clearRect(0, 0, widthCss, heightCss);
    for (const point of document.points) {
      if (!chosen.has(Number(point.id))) continue;
      const [x, y] = [geometry.x.toPixel(point.x), geometry.y.toPixel(point.y)];
      ring(context, x, y, pointRadius(document.points.length) + GAP_CSS, colours);
    }
  };
  const size = watchSize(plane, draw);

  return {
    /** @param {Lights|null} newLights null puts them out */
    show(newLights) {
      lights = newLights;
      draw();
    },
    destroy() {
      size.destroy();
      canvas.remove();
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius @param {import("../header/theme.js").Colours} colours */
function ring(context, x, y, radius, { ink, plane }) {
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [6, plane],
    [2.5, ink],
  ])) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
}
