// Pacing: many updates become one drawing per display frame, or one message per interval. The newest always wins.

/** Updates a second up to which each of them is shown phase by phase. */
const SLOW_MOTION = 2;

/** @param {import("./types.js").Pace} pace */
export function isSlowMotion(pace) {
  return pace.steps_per_second <= SLOW_MOTION;
}

/**
 * Call `draw` at most once per display frame, always with the newest value.
 * @template T
 * @param {(value: T) => void} draw
 * @param {(callback: () => void) => unknown} [schedule]
 */
export function latestPerFrame(draw, schedule = requestAnimationFrame) {
  /** @type {T} */
  let latest;
  let queued = false;
  return (/** @type {T} */ value) => {
    latest = value;
    if (queued) return;
    queued = true;
    schedule(() => {
      queued = false;
      draw(latest);
    });
  };
}

/** Call back once the next display frame is laid out and drawn. @param {() => void} callback */
export const afterFrame = (callback) => requestAnimationFrame(() => setTimeout(callback));

/**
 * Call `send` at once, then at most every `interval_ms`; the last value is always sent.
 * @template T
 * @param {(value: T) => void} send
 * @param {number} interval_ms
 * @param {{now?: () => number, wait?: (callback: () => void, ms: number) => unknown}} [clock]
 */
export function throttleNewest(send, interval_ms, { now = () => performance.now(), wait = setTimeout } = {}) {
  /** @type {T} */
  let latest;
  let waiting = false;
  let last = -Infinity;
  const fire = () => {
    waiting = false;
    last = now();
    send(latest);
  };
  return (/** @type {T} */ value) => {
    latest = value;
    if (waiting) return;
    const rest = last + interval_ms - now();
    if (rest <= 0) return fire();
    waiting = true;
    wait(fire, rest);
  };
}

/**
 * Do work that takes a while one at a time: while it is under way only the newest wish is kept. A failure is as good as an
 * end: the next wish tries again.
 * @template T
 * @param {(wish: T) => Promise<void>} work
 */
export function newestOnly(work) {
  /** @type {{wish: T}|null} */
  let waiting = null;
  let isBusy = false;
  const next = async () => {
    if (isBusy || !waiting) return;
    const { wish } = waiting;
    [waiting, isBusy] = [null, true];
    await work(wish).catch(() => {});
    isBusy = false;
    next();
  };
  return (/** @type {T} */ wish) => {
    waiting = { wish };
    void next();
  };
}
