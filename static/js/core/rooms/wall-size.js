// How large the cards of the wall and the faces of the projector are: as large as lets all of them be seen, but never too
// small to read. Pure.

/** A plane smaller than this says nothing; then the wall scrolls. */
const LEAST_CSS = 60;
const MOST_CSS = 220;

/** From here on a card has a second line of words, and the rows of words are higher. */
export const ROOMY_CSS = 120;

/** Heights of what stands under the plane of a card. */
export const wordsCss = (/** @type {number} */ side) => (side >= ROOMY_CSS ? 46 : 18);

/** Between two cards. @param {number} side */
export const gapCss = (side) => (side >= ROOMY_CSS ? 12 : 4);

/**
 * What stands in a grid: the limits of its side, what is under it, what is between two.
 * @typedef {{leastCss: number, mostCss: number, wordsCss: (side: number) => number, gapCss: (side: number) => number}} Kind
 */

/** @type {Kind} */
const CARD = { leastCss: LEAST_CSS, mostCss: MOST_CSS, wordsCss, gapCss };

/** The name under a face and the gap as in screen.css. @type {Kind} */
const FACE = { leastCss: 32, mostCss: 120, wordsCss: () => 20, gapCss: () => 8 };

/** @typedef {{widthCss: number, heightCss: number}} Place for all of them */

/** The side of a card's plane in CSS pixels. @param {number} count of cards @param {Place} place */
export const cardSide = (count, place) => largestSide(CARD, count, place);

/** The side of a face on the projector in CSS pixels. @param {number} count of faces @param {Place} place */
export const faceSide = (count, place) => largestSide(FACE, count, place);

/** @param {Kind} kind @param {number} count @param {Place} place */
function largestSide(kind, count, place) {
  for (let side = kind.mostCss; side > kind.leastCss; side--) if (fits(kind, side, count, place)) return side;
  return kind.leastCss;
}

/** @param {Kind} kind @param {number} side @param {number} count @param {Place} place */
function fits(kind, side, count, { widthCss, heightCss }) {
  const gap = kind.gapCss(side);
  const columns = Math.floor((widthCss + gap) / (side + gap));
  const rows = Math.ceil(count / Math.max(1, columns));
  return columns > 0 && rows * (side + kind.wordsCss(side) + gap) - gap <= heightCss;
}
