// Moving in time: a slider over all moments there is a way to, one step back, one epoch on, slow motion. What is shown there
// is exact: the server restores weights, optimizer and generator.

import { formatCount } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { isSlowMotion } from "../../core/pacing.js";
import { byId, setText } from "../dom.js";
import { helpButton } from "../help/help.js";

/** Positions of the slider: finer than its pixels. */
const POSITIONS = 1000;

/**
 * @param {{command: (name: string, body?: object) => void, stepEpoch: () => void,
 *   setPace: (stepsPerSecond: number) => void}} options
 */
export function createTimePanel({ command, stepEpoch, setPace }) {
  /** @type {[number, number]} */
  let range = [0, 0];
  let held = false;
  const moment = byId("moment-words");
  const slider = /** @type {HTMLInputElement} */ (byId("moment"));
  const back = /** @type {HTMLButtonElement} */ (byId("back"));
  slider.max = String(POSITIONS);
  back.addEventListener("click", () => command("back", { steps: 1 }));
  byId("step-epoch").addEventListener("click", stepEpoch);
  const slow = createSlowSwitch(byId("slow-motion"), setPace);
  byId("time").append(
    helpButton({ label: t("Time"), about: "time" }),
    helpButton({ label: t("Slow motion"), about: "slow_motion" }),
  );

  slider.addEventListener("input", () => command("back", { to_step: stepAt(Number(slider.value), range) }));
  slider.addEventListener("pointerdown", () => (held = true));
  for (const event of ["pointerup", "pointercancel", "blur"]) slider.addEventListener(event, () => (held = false));

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
      slider.value = String(positionOf(step, range));
      slider.setAttribute(
        "aria-valuetext",
        t("step {step} of {last}", { step: formatCount(step), last: formatCount(last) }),
      );
      slider.style.setProperty("--filled", `${(Number(slider.value) / POSITIONS) * 100}%`);
    },
  };
}

/** One update a second, shown phase by phase, and back to the pace before. @param {HTMLElement} button @param {(stepsPerSecond: number) => void} setPace */
function createSlowSwitch(button, setPace) {
  let isSlow = false;
  let usual = 600;
  button.addEventListener("click", () => setPace(isSlow ? usual : 1));
  return {
    /** @param {import("../../core/types.js").Pace} pace */
    show(pace) {
      isSlow = isSlowMotion(pace);
      if (!isSlow) usual = pace.steps_per_second;
      button.setAttribute("aria-pressed", String(isSlow));
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
