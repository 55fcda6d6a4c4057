// How large the cards of the wall are: as large as lets all of them be seen, but never too small to read. Pure.

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
 * The side of a card's plane in CSS pixels.
 * @param {number} count of cards
 * @param {{widthCss: number, heightCss: number}} room for all of them
 */
export function cardSide(count, { widthCss, heightCss }) {
  for (let side = MOST_CSS; side > LEAST_CSS; side--) if (fits(side, count, widthCss, heightCss)) return side;
  return LEAST_CSS;
}

/** @param {number} side @param {number} count @param {number} width @param {number} height */
function fits(side, count, width, height) {
  const gap = gapCss(side);
  const columns = Math.floor((width + gap) / (side + gap));
  const rows = Math.ceil(count / Math.max(1, columns));
  return columns > 0 && rows * (side + wordsCss(side) + gap) - gap <= height;
}
