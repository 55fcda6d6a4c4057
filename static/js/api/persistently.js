// Sends a change until it is known whether it was made: again and again under one key, so that it is made once however
// often it arrives. Knows nothing of what is sent.

import { retryDelay_ms } from "../core/backoff.js";
import { Problem, newKey } from "./http.js";

/** Times a change is sent again while the server is away; the waits add up to about 25 s. */
export const MOST_RETRIES = 7;

/**
 * @template T
 * @param {(key: string) => Promise<T>} send
 * @param {(ms: number) => Promise<void>} [wait]
 * @returns {Promise<T>}
 */
export async function persistently(send, wait = delay) {
  const key = newKey();
  for (let attempt = 0; ; attempt++) {
    try {
      return await send(key);
    } catch (problem) {
      if (attempt >= MOST_RETRIES || !(problem instanceof Problem && problem.isOutage)) throw problem;
      await wait(retryDelay_ms(attempt));
    }
  }
}

/** Of a server that can take nobody more: whoever asks on under the same key keeps the place in line. */
const FULL = "server_full";
const ASK_AGAIN_MS = 3000;

/**
 * The same, and as long as it takes where the server is full.
 * @template T
 * @param {(key: string) => Promise<T>} send
 * @param {(words: string) => void} onWait told the place in line, in the server's words
 * @param {(ms: number) => Promise<void>} [wait]
 * @returns {Promise<T>}
 */
export const inLine = (send, onWait, wait = delay) =>
  persistently(async (key) => {
    for (;;) {
      try {
        return await send(key);
      } catch (problem) {
        if (!(problem instanceof Problem) || problem.code !== FULL) throw problem;
        onWait(problem.message);
        await wait(ASK_AGAIN_MS);
      }
    }
  }, wait);

/** @param {number} ms @returns {Promise<void>} */
export function delay(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
