// Sends changes one after the other, in order. While one is under way, newer ones of its kind are joined, so a slider
// under the hand costs a few requests a second and the newest value wins. When one is refused, the rest of its gesture is
// dropped. Knows nothing of what a change means.

import { isStroke, joinChanges } from "../core/changes.js";
import { Problem } from "./http.js";
import { delay, persistently } from "./persistently.js";

/** @typedef {import("../core/changes.js").Change} Change */
/** @typedef {import("../core/types.js").ChangeReply} ChangeReply */

/** Rest between two requests, in ms: about the interval of the frames that show their effect. */
const GAP_MS = 50;

/** The same during a stroke, whose points show at once and can wait. */
const STROKE_GAP_MS = 250;

/**
 * @param {{send: (change: Change, key: string) => Promise<ChangeReply>,
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
  const settle = async (change) => {
    try {
      onReply(change, await persistently((key) => send(change, key), wait));
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
