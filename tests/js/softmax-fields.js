// Random smooth fields of softmax scores over a square, and what a server sends of them.

import { decodeLeads } from "../../static/js/core/regions.js";

/** Numbers in [0, 1), always the same ones for a seed. @param {number} seed */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Scores at (x, y) in the unit square: for each class four waves, together from faint to strong.
 * @param {number} seed
 * @param {number} classes
 * @returns {(x: number, y: number) => number[]}
 */
export function randomField(seed, classes) {
  const random = randomNumbers(seed);
  const strength = 0.05 * 200 ** random();
  const wave = () => [12 * (random() - 0.5), 12 * (random() - 0.5), 6.3 * random(), random() - 0.5];
  const waves = Array.from({ length: classes }, () => Array.from({ length: 4 }, wave));
  return (x, y) =>
    waves.map((of) => strength * of.reduce((sum, [a, b, c, height]) => sum + height * Math.sin(a * x + b * y + c), 0));
}

/** Scores at the centre of each of n x n cells. @param {(x: number, y: number) => number[]} field @param {number} n */
const scoresOf = (field, n) =>
  Array.from({ length: n * n }, (_, i) => field(((i % n) + 0.5) / n, (Math.floor(i / n) + 0.5) / n));

/** The winner alone. @param {(x: number, y: number) => number[]} field @param {number} n */
export const winnersOf = (field, n) =>
  Uint8Array.from(scoresOf(field, n), (scores) => scores.indexOf(Math.max(...scores)));

/** Each class's probability. @param {(x: number, y: number) => number[]} field @param {number} n */
export const probabilitiesOf = (field, n) => scoresOf(field, n).map(softmax);

/** @param {number[]} scores */
function softmax(scores) {
  const best = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - best));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The winner, its probability and its lead in n x n cells.
 * @param {(x: number, y: number) => number[]} field
 * @param {number} n
 */
export function cellsOf(field, n) {
  const found = scoresOf(field, n).map((scores) => {
    const [best, second] = [...scores].sort((a, b) => b - a);
    return { label: scores.indexOf(best), lead: best - second, share: Math.max(...softmax(scores)) };
  });
  return {
    rows: n,
    cols: n,
    labels: Uint8Array.from(found, ({ label }) => label),
    levels: Uint8Array.from(found, ({ share }) => Math.round(63 * share)),
    leads: leadsOf(found, n),
  };
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** As they come over the wire: of cells at a border only, the root over the largest, in 16 levels. @param {{label: number, lead: number}[]} found @param {number} n */
function leadsOf(found, n) {
  const labels = Uint8Array.from(found, ({ label }) => label);
  const around = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((across) => [down, across]));
  const isAtBorder = (/** @type {unknown} */ _, /** @type {number} */ i) =>
    around.some(([down, across]) => {
      const [row, col] = [Math.floor(i / n) + down, (i % n) + across];
      return row >= 0 && row < n && col >= 0 && col < n && labels[row * n + col] !== labels[i];
    });
  const leads = found.filter(isAtBorder).map(({ lead }) => lead);
  const most = Math.max(...leads, Number.MIN_VALUE);
  const text = leads.map((lead) => ALPHABET[(Math.round(63 * Math.sqrt(lead / most)) & ~3) + 2]).join("");
  return decodeLeads(text, { rows: n, cols: n, labels });
}

/** The coarse cell around a fine one. @param {number} fine @param {number} size coarse cells in a row @param {number} factor fine ones to a coarse one */
export function nearestCell(fine, size, factor) {
  const [row, col] = [Math.floor(fine / (size * factor)), fine % (size * factor)];
  return Math.floor(row / factor) * size + Math.floor(col / factor);
}
