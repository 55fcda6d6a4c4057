// Moving in time: a slider over all moments there is a way to, one step back, one epoch on. What is shown there is exact:
// the server restores weights, optimizer and generator.

import { formatCount } from "../core/format.js";
import { h, setText, uniqueId } from "./dom.js";

/** Positions of the slider: finer than its pixels. */
const POSITIONS = 1000;

/**
 * @param {HTMLElement} element
 * @param {{command: (name: string, body?: object) => void, stepEpoch: () => void}} options
 */
export function createTimePanel(element, { command, stepEpoch }) {
  const id = uniqueId("moment");
  /** @type {[number, number]} */
  let range = [0, 0];
  let held = false;

  const slider = h("input", { id, class: "slider", type: "range", min: 0, max: POSITIONS, step: 1 });
  const moment = h("output", { class: "moment", for: id });
  const back = h(
    "button",
    {
      type: "button",
      class: "button small",
      title: "Undo the last parameter update",
      on: { click: () => command("back", { steps: 1 }) },
    },
    "Back",
  );
  const epoch = h(
    "button",
    {
      type: "button",
      class: "button small",
      title: "Train for one pass over the training points",
      on: { click: stepEpoch },
    },
    "Step epoch",
  );
  const head = h("div", { class: "field-head" }, h("label", { class: "field-label", for: id }, "Moment"), moment);
  element.append(head, slider, h("div", { class: "time-buttons" }, back, epoch));

  slider.addEventListener("input", () => command("back", { to_step: stepAt(Number(slider.value), range) }));
  slider.addEventListener("pointerdown", () => (held = true));
  for (const event of ["pointerup", "pointercancel", "blur"]) slider.addEventListener(event, () => (held = false));

  return {
    /** @param {import("../core/types.js").Snapshot} snapshot @param {boolean} canEdit */
    show({ step, first_step, last_step }, canEdit) {
      const [first, last] = [first_step ?? step, Math.max(step, last_step ?? step)];
      back.disabled = !canEdit || step <= first;
      slider.disabled = !canEdit || first === last;
      setText(
        moment,
        step < last ? `step ${formatCount(step)} of ${formatCount(last)}` : `step ${formatCount(step)}, the newest`,
      );
      if (held) return;
      range = [first, last];
      slider.value = String(positionOf(step, range));
      slider.setAttribute("aria-valuetext", `step ${formatCount(step)} of ${formatCount(last)}`);
      slider.style.setProperty("--filled", `${(Number(slider.value) / POSITIONS) * 100}%`);
    },
  };
}

/**
 * @param {number} position 0..POSITIONS
 * @param {[number, number]} range first and last step
 */
export function stepAt(position, [first, last]) {
  return Math.round(first + (position / POSITIONS) * (last - first));
}

/**
 * @param {number} step
 * @param {[number, number]} range first and last step
 */
export function positionOf(step, [first, last]) {
  return last > first ? Math.round(((step - first) / (last - first)) * POSITIONS) : POSITIONS;
}
