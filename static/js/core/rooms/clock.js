// The room's timer, by the server's clock: the clocks of phones differ. Pure.

const clock = () => Date.now() / 1000;

/**
 * Seconds left of a timer, 0 once it has run out, null without one.
 * @param {{timer: {ends_at: number}|null, now?: number}} room as it was told; without the server's clock by this one
 * @param {number} since_s seconds since that was told
 */
export function secondsLeft({ timer, now }, since_s) {
  return timer && Math.max(0, timer.ends_at - (now === undefined ? clock() : now + since_s));
}

/** 4:05, and 1:02:03 from an hour on. @param {number} seconds */
export function clockText(seconds) {
  const whole = Math.ceil(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours, ...rest] = parts[0] ? parts : [parts[1], parts[2]];
  return [String(hours), ...rest.map((part) => String(part).padStart(2, "0"))].join(":");
}
