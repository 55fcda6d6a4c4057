// Keeps experiments that train side by side at one step: those that pause at the same moment have not quite taken the same
// number of updates, so those behind take the rest. Pure bookkeeping.

/** The most steps that one request may ask for. */
const MOST_STEPS = 10_000;

/** @typedef {{step: number, state: string, message?: string|null}} Standing */

/** @param {[unknown, Standing][]} standings */
const areLevel = (standings) => standings.every(([, { step }]) => step === standings[0][1].step);

/** @template K @param {[K, Standing][]} standings where they are when they are put side by side */
export function createLockstep(standings) {
  const isUnderWay = standings.some(([, { state }]) => state === "running");
  let isLevel = isUnderWay || areLevel(standings); // they were, when they were last set going
  let isRunning = isUnderWay; // by the last command
  let isMending = false; // those behind are to catch up
  let isKnown = !isUnderWay; // they have come to rest since the last command, so that it is known who stands where
  let before = 0; // where the first one stood then
  /** @type {Map<K, number>} the step that each one at rest has been told to get to */
  const goals = new Map();
  const goalOf = (/** @type {[K, Standing]} */ [key, { step }]) => Math.max(step, goals.get(key) ?? step);

  return {
    /** Do they run, and are to be at one step? */
    isTogether: () => isRunning && isLevel,

    /**
     * A command is about to be sent to all of them. What they were before they stay: level, or not. A step is a pause too.
     * @param {string} name
     * @param {[K, Standing][]} standings as far as is known
     * @param {number} [steps] of a step
     */
    prepare(name, standings, steps = 1) {
      if (name === "run" && isKnown) isLevel = areLevel(standings);
      if (name === "reset") isLevel = true;
      const atRest = standings.filter(([, { state }]) => state === "paused");
      const wanted = name === "step" && !isRunning ? atRest.map((one) => goalOf(one) + steps) : [];
      goals.clear();
      wanted.forEach((goal, index) => goals.set(atRest[index][0], goal));
      isRunning = name === "run";
      isMending = name === "pause" || name === "step";
      isKnown = false;
      before = standings[0]?.[1].step ?? 0;
    },

    /**
     * Who has to take how many steps now. One that has stopped by itself stays where it is.
     * @param {[K, Standing][]} standings
     * @returns {[K, number][]}
     */
    missing(standings) {
      if (isRunning || !standings.length || standings.some(([, { state }]) => state !== "paused")) return [];
      const free = standings.filter(([, { message }]) => !message);
      const isThere = free.every((one) => one[1].step === goalOf(one));
      const hasMoved = isMending || standings[0][1].step !== before;
      isKnown ||= isThere && hasMoved && (areLevel(free) || !isLevel);
      if (!isMending || !isLevel) return [];
      const most = Math.max(...free.map(goalOf));
      return free
        .filter((one) => goalOf(one) < most)
        .map((one) => {
          const steps = Math.min(MOST_STEPS, most - goalOf(one));
          goals.set(one[0], goalOf(one) + steps);
          return [one[0], steps];
        });
    },
  };
}
