// The newest picture of each student, drawn a few at a time: three hundred that arrive together must not hold up the page.

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Regions} Regions */
/** @typedef {{document: LabDocument|null, regions: Regions|null}} Known */

/** Pictures that are drawn in one display frame; one takes some tenths of a millisecond. */
const MOST_AT_ONCE = 24;

/**
 * @param {(number: number, picture: import("../../views/rooms/plane-thumbnail.js").Picture) => void} draw
 * @param {() => import("../../views/header/theme.js").Colours} coloursNow
 * @param {(callback: () => void) => unknown} [schedule]
 */
export function createPictures(draw, coloursNow, schedule = requestAnimationFrame) {
  /** @type {Map<number, Known>} */
  const known = new Map();
  /** @type {Set<number>} */
  const waiting = new Set();
  let isScheduled = false;

  const drawSome = () => {
    isScheduled = false;
    for (const number of [...waiting].slice(0, MOST_AT_ONCE)) {
      waiting.delete(number);
      draw(number, { ...ofMember(number), colours: coloursNow() });
    }
    if (waiting.size) drawSoon();
  };
  const drawSoon = () => {
    if (!isScheduled) schedule(drawSome);
    isScheduled = true;
  };

  /** @param {number} number */
  const ofMember = (number) => known.get(number) ?? { document: null, regions: null };

  /** @param {number} number @param {Partial<Known>} news */
  const learn = (number, news) => {
    known.set(number, { ...ofMember(number), ...news });
    waiting.add(number);
    drawSoon();
  };

  return {
    /** @param {import("../../core/rooms/types.js").MemberDocument} event */
    onDocument({ member, document }) {
      const points = ofMember(member).document?.points ?? [];
      learn(member, { document: /** @type {LabDocument} */ ({ points, ...document }) });
    },
    /** @param {import("../../core/rooms/types.js").MemberFrame} frame */
    onFrame({ member, regions }) {
      if (regions) learn(member, { regions });
    },
    /** Another theme: all of them anew. */
    redraw() {
      for (const number of known.keys()) waiting.add(number);
      drawSoon();
    },
    /** @param {number} number */
    of: ofMember,
  };
}
