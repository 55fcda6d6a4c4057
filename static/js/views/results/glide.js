// A warped plane that moves: from one picture to the next in as much time as lies between them.

import { areAlike, between, copyOf } from "../../core/warp.js";

/** @typedef {import("../../core/warp.js").WarpPicture} WarpPicture */

/** A glide takes as long as frames are apart, within these bounds; where one drawing takes long, there is none. */
const GLIDE_MS = { least: 40, most: 250 };

/** Between two frames it moves this often: smooth to the eye at half the work of every display frame. */
const REDRAW_MS = 30;
const SLOW_DRAWING_MS = 5;

/**
 * @param {(picture: WarpPicture) => void} draw
 * @param {() => boolean} isOnScreen
 */
export function createGlide(draw, isOnScreen) {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {{from: WarpPicture, to: WarpPicture, shown: WarpPicture, start_ms: number, length_ms: number}|null} */
  let glide = null;
  let lastDrawing_ms = 0;
  let drawn_ms = 0;
  let frameId = 0;

  /** @param {WarpPicture} picture */
  const drawTimed = (picture) => {
    const start_ms = performance.now();
    draw(picture);
    drawn_ms = performance.now();
    lastDrawing_ms = drawn_ms - start_ms;
  };

  const advance = () => {
    frameId = 0;
    if (!glide || !isOnScreen()) return;
    const share = Math.min(1, (performance.now() - glide.start_ms) / glide.length_ms);
    if (share === 1 || performance.now() - drawn_ms >= REDRAW_MS)
      drawTimed(between(glide.from, glide.to, share, glide.shown));
    if (share < 1) frameId = requestAnimationFrame(advance);
  };

  return {
    /** @param {WarpPicture} picture */
    to(picture) {
      const now_ms = performance.now();
      const last = glide;
      const isStill = stillness.matches || lastDrawing_ms > SLOW_DRAWING_MS || !areAlike(last?.shown ?? null, picture);
      if (isStill || !last)
        glide = { from: picture, to: picture, shown: copyOf(picture), start_ms: now_ms - 1, length_ms: 1 };
      else {
        const length_ms = Math.min(GLIDE_MS.most, Math.max(GLIDE_MS.least, now_ms - last.start_ms));
        glide = { from: copyOf(last.shown), to: picture, shown: copyOf(picture), start_ms: now_ms, length_ms };
      }
      if (!frameId) advance();
    },
    redraw() {
      if (glide) drawTimed(glide.shown);
    },
    destroy: () => cancelAnimationFrame(frameId),
  };
}
