// Which frames are out of date: a runner that has been cut off from the others may go on sending them for a while.

/** For so long after a frame of a newer term; later the newer one may be gone, with a store put back from a backup. */
export const REMEMBERED_MS = 60_000;

/**
 * The newest terms of the sessions, which frames have in their ids: `term-number`. The newest owner's counts.
 * @param {() => number} now milliseconds of a steady clock
 */
export function createTerms(now = () => performance.now()) {
  /** @type {Map<string, {term: number, seenAt: number}>} */
  const newest = new Map();
  return {
    /** Whether a frame is of an earlier owner than one that was seen lately. @param {string} session @param {string} eventId */
    isOld(session, eventId) {
      const term = Number.parseInt(eventId, 10);
      if (!Number.isFinite(term)) return false;
      const known = newest.get(session);
      if (known && term < known.term && now() - known.seenAt < REMEMBERED_MS) return true;
      newest.set(session, { term, seenAt: now() });
      return false;
    },
  };
}
