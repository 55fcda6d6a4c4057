// Sends changes one after the other, in order. While one is under way, newer ones of its kind are joined, so a slider
// under the hand costs a few requests a second and the newest value wins. When one is refused, the rest of its gesture is
// dropped. Knows nothing of what a change means.

import { isRepeatable, isStroke, joinChanges } from "../core/changes.js";
import { retryDelay_ms } from "../core/backoff.js";
import { Problem } from "./http.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("../core/types.js").ChangeReply} ChangeReply */

/** Rest between two requests, in ms: about the interval of the frames that show their effect. */
const GAP_MS = 50;

/** The same during a stroke, whose points show at once and can wait. */
const STROKE_GAP_MS = 250;

/** Times a change is tried again while the server is away; the waits add up to about 25 s. */
const MOST_RETRIES = 7;

/**
 * @param {{send: (change: Change) => Promise<ChangeReply>,
 *   onQueued: (change: Change) => void,
 *   onJoined: (older: Change, joined: Change) => void,
 *   onReply: (change: Change, reply: ChangeReply) => void,
 *   onProblem: (changes: Change[], problem: Problem) => void,
 *   wait?: (ms: number) => Promise<void>}} options
 */
export function createChangeQueue({ send, onQueued, onJoined, onReply, onProblem, wait = delay }) {
  /** @type {Change[]} */
  let waiting = [];
  let busy = false;
  /** @type {number|undefined} the gesture of which a change was refused last */
  let refused;
  const isRefused = (/** @type {Change} */ { gesture }) => gesture !== undefined && gesture === refused;

  /** @param {Change} change */
  const sendWithRetries = async (change) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await send(change);
      } catch (problem) {
        if (attempt >= MOST_RETRIES || !mayRetry(change, problem)) throw problem;
        await wait(retryDelay_ms(attempt));
      }
    }
  };

  /** @param {Change} change */
  const settle = async (change) => {
    try {
      onReply(change, await sendWithRetries(change));
    } catch (problem) {
      refused = change.gesture ?? refused;
      const lost = [change, ...waiting.filter(isRefused)];
      waiting = waiting.filter((each) => !isRefused(each));
      onProblem(lost, problem instanceof Problem ? problem : new Problem(String(problem), 0));
    }
  };

  const drain = async () => {
    busy = true;
    for (let change = waiting.shift(); change; change = waiting.shift()) {
      await settle(change);
      await wait(isStroke(change) ? STROKE_GAP_MS : GAP_MS);
    }
    busy = false;
  };

  return {
    /** @param {Change} change */
    push(change) {
      if (isRefused(change)) return;
      const last = waiting.at(-1);
      const joined = last && joinChanges(last, change);
      if (last && joined) {
        waiting[waiting.length - 1] = joined;
        onJoined(last, joined);
        return;
      }
      waiting.push(change);
      onQueued(change);
      if (!busy) drain();
    },
  };
}

/** Answers that prove that nothing was done; after any other outage it may have been. */
const NOT_DONE = ["unavailable", "runner_gone"];

/** @param {Change} change @param {unknown} problem */
function mayRetry(change, problem) {
  if (!(problem instanceof Problem) || !problem.isOutage) return false;
  return NOT_DONE.includes(problem.code) || isRepeatable(change);
}

/** @param {number} ms @returns {Promise<void>} */
function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
