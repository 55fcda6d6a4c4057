// The bench of one neuron: sliders for x, w and b; the sum, the sigmoid of it, and the curve with the point on it.

import { formatSetting } from "../../core/format.js";
import { setText } from "../dom.js";

const WIDTH = 240;
const HEIGHT = 120;
const REACH = 6; // x from -6 to 6

const sigmoid = (/** @type {number} */ z) => 1 / (1 + Math.exp(-z));
const across = (/** @type {number} */ x) => ((x + REACH) / (2 * REACH)) * WIDTH;
const up = (/** @type {number} */ h) => HEIGHT * (1 - h);

/** The curve as the d of a path. @param {number} w @param {number} b */
export function curvePath(w, b) {
  const points = Array.from({ length: 121 }, (_, index) => -REACH + index / 10);
  return `M${points.map((x) => `${across(x).toFixed(1)} ${up(sigmoid(w * x + b)).toFixed(1)}`).join("L")}`;
}

/** @param {HTMLElement} place */
export function createBench(place) {
  const sliders = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input"));
  const show = () => {
    const [x, w, b] = [...sliders].map(({ value }) => Number(value));
    for (const slider of sliders) setText(/** @type {Node} */ (slider.nextSibling), slider.value);
    const z = Number((w * x + b).toFixed(4));
    place.querySelector("path")?.setAttribute("d", curvePath(w, b));
    place.querySelector("circle")?.setAttribute("cx", String(across(x)));
    place.querySelector("circle")?.setAttribute("cy", String(up(sigmoid(z))));
    const sum = `${formatSetting(w)} · ${formatSetting(x)} + ${formatSetting(b)} = ${formatSetting(z)}`;
    setText(/** @type {Element} */ (place.querySelector("#bench-sum")), `${sum},  σ = ${sigmoid(z).toFixed(3)}`);
  };
  place.addEventListener("input", show);
  show();
}
