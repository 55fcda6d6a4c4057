// Keeps experiments that train side by side together while they run: who is ahead waits for those that their network or a busy
// machine holds up. Pure bookkeeping.

/** @typedef {import("./lockstep.js").Standing} Standing */

/** Seconds of training that one may be ahead. */
const MOST_AHEAD_S = 0.5;
/** Steps that are no lead, at any pace: frames do not come at the same moment. */
const LEAST_LEAD = 20;

/** @template K @param {[K, Standing][]} standings when they are put side by side: those at rest while others run have been waiting */
export function createWaiting(standings = []) {
  const isUnderWay = standings.some(([, { state }]) => state === "running");
  const resting = standings.filter(([, { state, message }]) => isUnderWay && state === "paused" && !message);
  const waiting = new Set(resting.map(([key]) => key));
  /** @type {Set<K>} */
  const resuming = new Set(); // told to go on, and not seen to do so yet

  return {
    /** Does it wait, so that its pause is none that the person knows of? @param {K} key */
    has: (key) => waiting.has(key) || resuming.has(key),

    /** It is no longer beside the others. @param {K} key */
    forget(key) {
      waiting.delete(key);
      resuming.delete(key);
    },

    /** All are set going, or stopped; those that had been waiting are returned. */
    clear() {
      const known = [...waiting, ...resuming];
      waiting.clear();
      resuming.clear();
      return known;
    },

    /**
     * Who is to pause now, and who may go on.
     * @param {[K, Standing][]} standings
     * @param {number} pace steps a second
     */
    look(standings, pace) {
      const most = Math.max(LEAST_LEAD, MOST_AHEAD_S * pace);
      const going = standings.filter(([key, { state }]) => state === "running" && !waiting.has(key));
      const least = Math.min(...going.map(([, { step }]) => step)); // Infinity without any
      const free = standings.filter(([key, { step }]) => waiting.has(key) && step <= least + most / 2);
      const ahead = going.filter(([, { step }]) => step > least + most);
      for (const [key] of going) resuming.delete(key);
      for (const [key] of free) {
        waiting.delete(key);
        resuming.add(key);
      }
      for (const [key] of ahead) waiting.add(key);
      return { pause: ahead.map(([key]) => key), run: free.map(([key]) => key) };
    },
  };
}
