// Reads the text of a frame's decision regions into typed arrays. Knows nothing of colours or canvases.

/** Levels that one base64 character carries. */
export const LEVELS = 64;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const LEVEL_OF_CODE = new Uint8Array(128);
for (let level = 0; level < LEVELS; level++) LEVEL_OF_CODE[ALPHABET.charCodeAt(level)] = level;

const ZERO = "0".charCodeAt(0);

/**
 * The array itself if it already has the wanted length, else a new one: frames keep their size for minutes.
 * @param {Uint8Array|null} array
 * @param {number} length
 */
function sized(array, length) {
  return array && array.length === length ? array : new Uint8Array(length);
}

/**
 * One class label 0..9 per cell.
 * @param {string} text one digit per cell
 * @param {Uint8Array|null} [into] reused while its length fits
 */
export function decodeLabels(text, into = null) {
  const labels = sized(into, text.length);
  for (let i = 0; i < text.length; i++) labels[i] = text.charCodeAt(i) - ZERO;
  return labels;
}

/**
 * One level 0..63 per cell; 63 stands for the value 1.
 * @param {string} text one base64 character per cell
 * @param {Uint8Array|null} [into] reused while its length fits
 */
export function decodeLevels(text, into = null) {
  const levels = sized(into, text.length);
  for (let i = 0; i < text.length; i++) levels[i] = LEVEL_OF_CODE[text.charCodeAt(i)];
  return levels;
}
