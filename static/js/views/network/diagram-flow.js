// One update flowing through the network diagram: dots run along the links, layer by layer to the right (forward) or to the
// left (backward), and each layer's figure stands at its column. A canvas of its own over the diagram's.

import { topOverTiles } from "../../core/diagram-layout.js";
import { curveOf } from "../../core/diagram-links.js";
import { BACKWARD, FORWARD, figureOf, flowAt } from "../../core/phases.js";
import { contextOf, fitCanvas } from "../../draw/canvas.js";
import { h } from "../dom.js";

/** @typedef {import("../../core/phases.js").Walk} Walk */
/** @typedef {import("../../core/diagram-links.js").Link} Link */
/**
 * @typedef {{layout: import("../../core/diagram-layout.js").Layout, links: Link[], colours: import("../../draw/diagram.js").DiagramColours}} Scene
 */

const DOT_CSS = 4;
const PILL_CSS = 16;

/** @param {HTMLElement} sheet of the diagram @param {() => Scene|null} sceneNow */
export function createDiagramFlow(sheet, sceneNow) {
  const canvas = h("canvas", { class: "flow", "aria-hidden": true });
  sheet.append(canvas);
  /** @type {Walk|null} */
  let walk = null;
  let start_ms = 0;
  let frameId = 0;

  const draw = () => {
    frameId = 0;
    const scene = sceneNow();
    if (!scene) return;
    const { layout, links, colours } = scene;
    fitCanvas(canvas, layout.width, layout.height);
    const context = contextOf(canvas);
    context.clearRect(0, 0, layout.width, layout.height);
    if (!walk || walk.phase === null || walk.phases.layers.length !== layout.columns.length - 1) return;
    const share = Math.min(1, (performance.now() - start_ms) / (walk.length_ms / 4));
    const flow = flowAt(walk.phase, share, walk.phases.layers.length);
    if (walk.phase === FORWARD || walk.phase === BACKWARD) {
      drawDots(
        context,
        links.filter(({ layer }) => layer === flow.layer),
        walk.phase === BACKWARD ? 1 - flow.share : flow.share,
        colours,
      );
    }
    drawPills(context, layout, walk, flow.layer, colours);
    if (share < 1) frameId = requestAnimationFrame(draw);
  };

  return {
    /** @param {Walk|null} newWalk */
    show(newWalk) {
      walk = newWalk;
      start_ms = performance.now();
      if (!frameId) draw();
    },
    destroy() {
      cancelAnimationFrame(frameId);
      canvas.remove();
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {Link[]} links @param {number} share of the way from left to right @param {Scene["colours"]} colours */
function drawDots(context, links, share, colours) {
  for (const link of links) {
    const [x, y] = placeOn(curveOf(link), share);
    context.beginPath();
    context.arc(x, y, DOT_CSS, 0, 2 * Math.PI);
    context.fillStyle = colours.ink;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = colours.paper;
    context.stroke();
  }
}

/** @param {number[]} curve @param {number} t */
function placeOn([x0, y0, ax, ay, bx, by, x1, y1], t) {
  const s = 1 - t;
  const mix = (/** @type {number[]} */ [p, a, b, q]) => s ** 3 * p + 3 * s * s * t * a + 3 * s * t * t * b + t ** 3 * q;
  return [mix([x0, ax, bx, x1]), mix([y0, ay, by, y1])];
}

/**
 * The figures of the layers that the flow has reached, above their columns.
 * @param {CanvasRenderingContext2D} context
 * @param {Scene["layout"]} layout
 * @param {Walk} walk
 * @param {number} reached
 * @param {Scene["colours"]} colours
 */
function drawPills(context, layout, { phases, phase }, reached, colours) {
  context.font = "600 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { layer, middle } of layout.columns) {
    const text =
      layer > 0 && phase !== null && !(phase === BACKWARD && layer < reached) ? figureOf(phases, phase, layer) : "";
    if (!text) continue;
    drawPill(context, text, middle, topOverTiles(layout, layer, PILL_CSS), colours);
  }
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x of its middle @param {number} top @param {Scene["colours"]} colours */
function drawPill(context, text, x, top, colours) {
  const width = context.measureText(text).width + 14;
  context.beginPath();
  context.roundRect(x - width / 2, top, width, PILL_CSS, PILL_CSS / 2);
  context.fillStyle = colours.ink;
  context.fill();
  context.fillStyle = colours.paper;
  context.fillText(text, x, top + PILL_CSS / 2 + 0.5);
}
