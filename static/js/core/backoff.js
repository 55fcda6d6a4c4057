// How long to wait before trying again. Pure.

const FIRST_MS = 400;
const LONGEST_MS = 8000;

/**
 * Doubles with every attempt, with a random part so that a class of browsers does not come back in one moment.
 * @param {number} attempt 0 for the first retry
 * @param {() => number} [random]
 */
export function retryDelay_ms(attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return ceiling * (0.5 + 0.5 * random());
}
