// The room's timer, counting down by the server's clock; hidden without one.

import { clockText, secondsLeft } from "../../core/rooms/clock.js";
import { t } from "../../core/messages.js";
import { setText } from "../dom.js";

const LOOK_EVERY_MS = 250;

/** The last seconds look different. */
const SOON_S = 10;

/** @param {HTMLElement} element @param {{onEnd?: () => void, now?: () => number}} [options] onEnd: told once when time has run out */
export function createTimer(element, { onEnd = () => {}, now = () => performance.now() / 1000 } = {}) {
  /** @type {{timer: {ends_at: number}|null, now?: number}} */
  let told = { timer: null };
  let toldAt = 0;
  let hasEnded = true;

  const draw = () => {
    const left = secondsLeft(told, now() - toldAt);
    element.hidden = left === null;
    if (left === null) return;
    setText(element, left > 0 ? clockText(left) : t("Time is up"));
    element.dataset.soon = String(left < SOON_S);
    if (left === 0 && !hasEnded) onEnd();
    hasEnded = left === 0;
  };
  const ticking = setInterval(draw, LOOK_EVERY_MS);

  return {
    /** @param {{timer: {ends_at: number}|null, now?: number}} room */
    show(room) {
      if (room.timer?.ends_at !== told.timer?.ends_at) hasEnded = true; // one that has ended before is told of no more
      told = room;
      toldAt = now();
      draw();
    },
    destroy: () => clearInterval(ticking),
  };
}
