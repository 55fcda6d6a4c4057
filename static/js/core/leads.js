// How far the winning score is ahead, read as a probability, so that the border between two classes runs where neither leads.
// Pure.

import { LEVELS, decodeLevels } from "./regions.js";

/**
 * A lead of 0 .. 1 as the level of a probability of 0.5 .. 1: what the winner of two has.
 * @param {string} text one base64 character per cell
 * @param {Uint8Array|null} [into] reused while its length fits
 */
export function levelsOfLeads(text, into = null) {
  const levels = decodeLevels(text, into);
  for (let i = 0; i < levels.length; i++) levels[i] = (LEVELS + levels[i]) >> 1;
  return levels;
}
