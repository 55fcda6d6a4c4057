// The plane as one sigmoid unit sees it: shades of its output, the line where that is one half, an input to move.  [CS231n nn-1 #classifier]

import { ACTIVATIONS } from "../../core/activations.js";
import { fixed } from "../../core/decimals.js";
import { t } from "../../core/messages.js";
import { mix, parseHex } from "../../core/palette.js";
import { linearScale } from "../../core/scales.js";
import { h, setText } from "../dom.js";
import { createKnob } from "./knob.js";
import { svg } from "./svg.js";

const SIDE = 240;
const CELLS = 24;
const HALF_VIEW = 3;

/** @param {HTMLElement} element @param {() => {classes: string[], paper: string}} colours of the theme */
export function createLineBench(element, colours) {
  const toX = linearScale([-HALF_VIEW, HALF_VIEW], [0, SIDE]);
  const toY = linearScale([-HALF_VIEW, HALF_VIEW], [SIDE, 0]);
  const at = { x: 1, y: 1 };
  const knobs = Object.fromEntries(
    [
      ["w₁", 1],
      ["w₂", -1],
      ["b", 0],
    ].map(([name, value]) => [
      name,
      createKnob({ label: String(name), range: [-4, 4], step: 0.1, value: Number(value) }, () => show()),
    ]),
  );
  const [cells, line, point] = [svg("g"), svg("path", { class: "half-line" }), svg("circle", { r: 6, class: "input" })];
  const plane = svg(
    "svg",
    { viewBox: `0 0 ${SIDE} ${SIDE}`, class: "unit-plane", tabindex: 0, role: "application" },
    cells,
    line,
    point,
  );
  plane.setAttribute("aria-label", t("The plane as one unit sees it; arrow keys move the input"));
  const verdict = h("p", { class: "unit-output", role: "status" });
  const output = (/** @type {number} */ x, /** @type {number} */ y) =>
    ACTIVATIONS.sigmoid(knobs["w₁"].get() * x + knobs["w₂"].get() * y + knobs.b.get());

  const show = () => {
    cells.replaceChildren(...shades(output, toX, toY, colours()));
    line.setAttribute("d", halfLine(knobs["w₁"].get(), knobs["w₂"].get(), knobs.b.get(), toX, toY));
    point.setAttribute("cx", String(toX.toPixel(at.x)));
    point.setAttribute("cy", String(toY.toPixel(at.y)));
    const f = output(at.x, at.y);
    setText(verdict, opinion({ x: fixed(at.x, 1), y: fixed(at.y, 1), f: fixed(f, 2) }, f));
  };
  listenToInput(plane, { toX, toY }, at, show);
  element.append(plane, h("div", { class: "knobs" }, ...Object.values(knobs).map((knob) => knob.element), verdict));
  show();
  return { show };
}

/** What the unit thinks of a place. @param {Record<string, string>} figures @param {number} f */
function opinion(figures, f) {
  if (Math.abs(f - 0.5) < 0.005) return t("At ({x}, {y}) it says {f}: it is undecided.", figures);
  return f > 0.5
    ? t("At ({x}, {y}) it says {f}: it likes this.", figures)
    : t("At ({x}, {y}) it says {f}: it dislikes this.", figures);
}

/** @typedef {import("../../core/scales.js").Scale} Scale */

/** @param {(x: number, y: number) => number} output @param {Scale} toX @param {Scale} toY @param {{classes: string[], paper: string}} colours */
function shades(output, toX, toY, { classes, paper }) {
  const [liked, disliked, none] = [classes[0], classes[1], paper].map(parseHex);
  const side = SIDE / CELLS;
  return Array.from({ length: CELLS * CELLS }, (_, i) => {
    const [left, top] = [(i % CELLS) * side, Math.floor(i / CELLS) * side];
    const f = output(toX.toValue(left + side / 2), toY.toValue(top + side / 2));
    const [r, g, b] = mix(none, f > 0.5 ? liked : disliked, 0.6 * Math.abs(2 * f - 1));
    return svg("rect", { x: left, y: top, width: side + 0.5, height: side + 0.5, fill: `rgb(${r} ${g} ${b})` });
  });
}

/** Where w · x + b = 0, as a path far beyond the view; nothing for w = 0. @param {number} w1 @param {number} w2 @param {number} b @param {Scale} toX @param {Scale} toY */
function halfLine(w1, w2, b, toX, toY) {
  const square = w1 * w1 + w2 * w2;
  if (square === 0) return "";
  const [footX, footY] = [(-b * w1) / square, (-b * w2) / square];
  const [alongX, alongY] = [-w2 / Math.sqrt(square), w1 / Math.sqrt(square)];
  const end = (/** @type {number} */ far) =>
    `${toX.toPixel(footX + far * alongX).toFixed(1)} ${toY.toPixel(footY + far * alongY).toFixed(1)}`;
  return `M${end(-10)}L${end(10)}`;
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @param {SVGElement} plane @param {{toX: Scale, toY: Scale}} scales @param {{x: number, y: number}} at moved in place @param {() => void} onMove */
function listenToInput(plane, { toX, toY }, at, onMove) {
  const held = (/** @type {number} */ value) => Math.min(HALF_VIEW, Math.max(-HALF_VIEW, value));
  const move = (/** @type {PointerEvent} */ event) => {
    const box = plane.getBoundingClientRect();
    at.x = held(toX.toValue(((event.clientX - box.left) / box.width) * SIDE));
    at.y = held(toY.toValue(((event.clientY - box.top) / box.height) * SIDE));
    onMove();
  };
  plane.addEventListener("pointerdown", (event) => {
    plane.setPointerCapture(event.pointerId);
    move(event);
  });
  plane.addEventListener("pointermove", (event) => plane.hasPointerCapture(event.pointerId) && move(event));
  plane.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    at.x = held(at.x + 0.1 * arrow[0]);
    at.y = held(at.y + 0.1 * arrow[1]);
    onMove();
  });
}
