// Moving in time: a slider over all moments there is a way to, one step back, one epoch on, slow motion. What is shown there
// is exact: the server restores weights, optimizer and generator.

import { formatCount } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { isSlowMotion } from "../../core/pacing.js";
import { listen, setText } from "../dom.js";
import { helpButton } from "../help/help.js";

/** Positions of the slider, of a long course: finer than its pixels. A short one has as many as steps, for the arrow keys. */
const MOST_POSITIONS = 1000;

/**
 * @typedef {{slider: HTMLInputElement, moment: HTMLElement, back: HTMLButtonElement, epoch: HTMLElement,
 *   slowMotion: HTMLElement}} Places moment: its words
 */

/**
 * @param {Places} places
 * @param {{command: (name: string, body?: object) => void, stepEpoch: () => void,
 *   setPace: (stepsPerSecond: number) => void}} options
 */
export function createTimePanel({ slider, moment, back, epoch, slowMotion }, { command, stepEpoch, setPace }) {
  /** @type {[number, number]} */
  let range = [0, 0];
  let held = false;
  const slow = createSlowSwitch(slowMotion, setPace);
  const helps = [
    helpButton({ label: t("Time"), about: "time" }),
    helpButton({ label: t("Slow motion"), about: "slow_motion" }),
  ];
  slowMotion.before(helps[0]);
  slowMotion.after(helps[1]);
  const letGo = () => (held = false);
  const ends = [
    listen(back, { click: () => command("back", { steps: 1 }) }),
    listen(epoch, { click: stepEpoch }),
    listen(slider, {
      input: () => command("back", { to_step: stepAt(Number(slider.value), range) }),
      pointerdown: () => (held = true),
      pointerup: letGo,
      pointercancel: letGo,
      blur: letGo,
    }),
  ];

  return {
    /** @param {import("../../core/types.js").Snapshot} snapshot @param {boolean} canEdit @param {import("../../core/types.js").Pace} pace */
    show({ step, first_step, last_step }, canEdit, pace) {
      slow.show(pace);
      const [first, last] = [first_step ?? step, Math.max(step, last_step ?? step)];
      back.disabled = !canEdit || step <= first;
      slider.disabled = !canEdit || first === last;
      setText(
        moment,
        step < last
          ? t("step {step} of {last}", { step: formatCount(step), last: formatCount(last) })
          : t("step {step}", { step: formatCount(step) }),
      );
      if (held) return;
      range = [first, last];
      slider.max = String(positionsOf(range));
      slider.value = String(positionOf(step, range));
      slider.setAttribute(
        "aria-valuetext",
        t("step {step} of {last}", { step: formatCount(step), last: formatCount(last) }),
      );
      slider.style.setProperty("--filled", `${(Number(slider.value) / Number(slider.max)) * 100}%`);
    },
    destroy() {
      for (const end of [...ends, slow.destroy]) end();
      for (const help of helps) help.remove();
    },
  };
}

/** One update a second, shown phase by phase, and back to the pace before. @param {HTMLElement} button @param {(stepsPerSecond: number) => void} setPace */
function createSlowSwitch(button, setPace) {
  let isSlow = false;
  let usual = 600;
  return {
    destroy: listen(button, { click: () => setPace(isSlow ? usual : 1) }),
    /** @param {import("../../core/types.js").Pace} pace */
    show(pace) {
      isSlow = isSlowMotion(pace);
      if (!isSlow) usual = pace.steps_per_second;
      button.setAttribute("aria-pressed", String(isSlow));
    },
  };
}

/** How many steps of the slider there are from end to end. @param {[number, number]} range first and last step */
const positionsOf = ([first, last]) => Math.min(MOST_POSITIONS, Math.max(1, last - first));

/**
 * @param {number} position from 0 to all there are
 * @param {[number, number]} range first and last step
 */
export function stepAt(position, [first, last]) {
  return Math.round(first + (position / positionsOf([first, last])) * (last - first));
}

/**
 * @param {number} step
 * @param {[number, number]} range first and last step
 */
export function positionOf(step, [first, last]) {
  const share = last > first ? (step - first) / (last - first) : 1;
  return Math.round(share * positionsOf([first, last]));
}
