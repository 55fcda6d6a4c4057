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

/**
 * How far each cell's winner is ahead, in its root's 64 levels squared; 0 for cells away from every border, whose lead is not sent.
 * @param {string} text one base64 character for each cell at a border, row by row
 * @param {{rows: number, cols: number, labels: Uint8Array}} cells
 * @param {Uint16Array|null} [into] reused while its length fits
 */
export function decodeLeads(text, { rows, cols, labels }, into = null) {
  const leads = into?.length === labels.length ? into : new Uint16Array(labels.length);
  markBorder(labels, rows, cols, leads);
  let next = 0;
  for (let i = 0; i < leads.length; i++) {
    if (leads[i] === 0) continue;
    const level = LEVEL_OF_CODE[text.charCodeAt(next++)];
    leads[i] = level * level;
  }
  return leads;
}

/** 1 for each cell that has another label among the up to 8 around it. @param {Uint8Array} labels @param {number} rows @param {number} cols @param {Uint16Array} marks */
function markBorder(labels, rows, cols, marks) {
  marks.fill(0);
  for (let row = 0; row + 1 < rows; row++) {
    for (let a = row * cols, end = a + cols - 1; a < end; a++) {
      const label = labels[a];
      if (labels[a + 1] === label && labels[a + cols] === label && labels[a + cols + 1] === label) continue;
      marks[a] = marks[a + 1] = marks[a + cols] = marks[a + cols + 1] = 1;
    }
  }
}
