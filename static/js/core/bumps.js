// The sum of indicator bumps g(x) = Σ cᵢ 1(aᵢ < x < bᵢ): the note's other universal approximator of one number.  [CS231n nn-1 #power]

/** @typedef {{from: number, to: number, height: number}} Bump */

/**
 * Equally wide bumps over a range, each as high as f at its middle.
 * @param {(x: number) => number} f
 * @param {number} count at least 1
 * @param {[number, number]} range
 * @returns {Bump[]}
 */
export function bumpsOf(f, count, [low, high]) {
  const width = (high - low) / count;
  return Array.from({ length: count }, (_, i) => {
    const from = low + i * width;
    return { from, to: from + width, height: f(from + width / 2) };
  });
}

/** The largest distance between f and its bumps, looked for at `places` points of each. @param {(x: number) => number} f @param {Bump[]} bumps */
export function largestError(f, bumps, places = 200) {
  const errors = bumps.flatMap(({ from, to, height }) =>
    Array.from({ length: places + 1 }, (_, i) => Math.abs(f(from + ((to - from) * i) / places) - height)),
  );
  return Math.max(...errors);
}
