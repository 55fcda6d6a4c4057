// The newest picture of each student, drawn a few at a time: three hundred that arrive together must not hold up the page.

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Regions} Regions */
/** @typedef {{document: LabDocument|null, regions: Regions|null}} Known */

/** Pictures that are drawn in one display frame; one takes some tenths of a millisecond. */
const MOST_AT_ONCE = 24;

/**
 * @param {(number: number, picture: import("../../views/rooms/plane-thumbnail.js").Picture) => void} draw
 * @param {() => {room: import("../../core/rooms/types.js").Room, colours: import("../../views/header/theme.js").Colours}} now
 * @param {(callback: () => void) => unknown} [schedule]
 */
export function createPictures(draw, now, schedule = requestAnimationFrame) {
  /** By view id. @type {Map<string, Known>} */
  const known = new Map();
  /** @type {Set<string>} */
  const waiting = new Set();
  let isScheduled = false;

  const drawSome = () => {
    isScheduled = false;
    const { room, colours } = now();
    const numbers = new Map(room.members?.map(({ view_id: viewId, number }) => [viewId, number]));
    for (const viewId of [...waiting].slice(0, MOST_AT_ONCE)) {
      waiting.delete(viewId);
      const number = numbers.get(viewId);
      if (number !== undefined) draw(number, { ...of(viewId), colours });
    }
    if (waiting.size) drawSoon();
  };
  const drawSoon = () => {
    if (!isScheduled) schedule(drawSome);
    isScheduled = true;
  };

  const of = (/** @type {string} */ viewId) => known.get(viewId) ?? { document: null, regions: null };

  /** @param {string} viewId @param {Partial<Known>} news */
  const learn = (viewId, news) => {
    known.set(viewId, { ...of(viewId), ...news });
    waiting.add(viewId);
    drawSoon();
  };

  return {
    /** What the room's stream says of students; each event names its session. */
    listener: {
      /** @param {{session: string, document: import("../../core/types.js").LeanDocument}} event */
      onDocument({ session, document }) {
        const points = of(session).document?.points ?? [];
        learn(session, { document: /** @type {LabDocument} */ ({ points, ...document }) });
      },
      /** @param {import("../../core/types.js").Frame} frame */
      onFrame({ session, regions }) {
        if (regions) learn(session, { regions });
      },
    },
    /** Draw one of them again, in another place. @param {string} viewId */
    again(viewId) {
      waiting.add(viewId);
      drawSoon();
    },
    /** Another theme: all of them anew. */
    redraw() {
      for (const viewId of known.keys()) waiting.add(viewId);
      drawSoon();
    },
  };
}
