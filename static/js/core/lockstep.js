// Keeps experiments that train side by side at one step: those that pause at the same moment have not quite taken the same
// number of updates, so those behind take the rest. Pure bookkeeping.

/** The most steps that one request may ask for. */
const MOST_STEPS = 10_000;

/** @typedef {{step: number, state: string, message?: string|null}} Standing */

/** @param {Standing[]} standings */
const areLevel = (standings) => standings.every(({ step }) => step === standings[0].step);

/** @param {Standing[]} standings where they are when they are put side by side */
export function createLockstep(standings) {
  const isUnderWay = standings.some(({ state }) => state === "running");
  let isLevel = isUnderWay || areLevel(standings); // they were, when they were last set going
  let isRunning = isUnderWay; // by the last command
  let isPausing = false;
  let hasSettled = false; // since they were paused
  /** @type {Map<unknown, number>} who has been told to catch up, and where that leads */
  const awaited = new Map();

  return {
    /** Do they run, and are to be at one step? */
    isTogether: () => isRunning && isLevel,

    /**
     * A command is about to be sent to all of them. A step that comes while some still catch up after a pause is one more for each.
     * @param {string} name
     * @param {Standing[]} standings as far as is known
     * @param {number} [steps] of a step
     */
    prepare(name, standings, steps = 1) {
      if (name === "step" && isPausing) {
        for (const [key, step] of awaited) awaited.set(key, step + steps);
        return;
      }
      const isBetween = isRunning || (isPausing && !hasSettled); // what is known of their steps says little
      if (name === "run" && !isBetween) isLevel = areLevel(standings);
      isRunning = name === "run";
      isPausing = name === "pause";
      hasSettled = false;
      awaited.clear();
    },

    /**
     * Who has to take how many steps now. One that has stopped by itself stays where it is.
     * @template K
     * @param {[K, Standing][]} standings
     * @returns {[K, number][]}
     */
    missing(standings) {
      if (!isPausing || !isLevel || standings.some(([, { state }]) => state !== "paused")) return [];
      const free = standings.filter(([, { message }]) => !message);
      const most = Math.max(...free.map(([, { step }]) => step));
      const behind = free.filter(([key, { step }]) => step < most && step >= (awaited.get(key) ?? step));
      hasSettled = free.every(([, { step }]) => step === most);
      return behind.map(([key, { step }]) => {
        const steps = Math.min(MOST_STEPS, most - step);
        awaited.set(key, step + steps);
        return [key, steps];
      });
    },
  };
}
