// Follows the document and notes at which step a setting, the data or a weight was changed; what a change is, is fetched with the
// first one.

/** @typedef {import("../core/marks.js").Mark} Mark */

/** @param {{fields: Record<string, import("../core/types.js").FieldSpec>, onMarks: () => void}} options */
export function followSettings({ fields, onMarks }) {
  /** @type {Mark[]} */
  let marks = [];
  /** @type {import("../core/types.js").LabDocument|null} */
  let last = null;
  let session = "";

  /** @type {import("../core/changes.js").WeightEntry|undefined} the last one set by hand */
  let typed;

  /** @param {(marks: Mark[], module: typeof import("../core/marks.js")) => Mark[]} change */
  const note = async (change) => {
    const module = await import("../core/marks.js");
    const known = marks;
    marks = change(marks, module);
    if (marks !== known) onMarks();
  };

  return {
    /** The marks up to the newest step that is known. @param {import("./playground.js").PageState} state */
    upTo({ document, snapshot, viewId, inside }) {
      if (viewId !== session) [session, marks, last] = [viewId, [], document]; // the other one of a comparison
      const before = last;
      const now = { step: snapshot.step, time_ms: performance.now() };
      if (before && before !== document && now.step > 0 && !isSame(before, document))
        note((known, { withChange }) => withChange(known, before, document, { ...now, fields }));
      const newestWeight = inside?.typed.at(-1);
      if (newestWeight && newestWeight !== typed && now.step > 0)
        note((known, { withWeight }) => withWeight(known, newestWeight, now));
      typed = newestWeight;
      last = document;
      const newest = Math.max(snapshot.step, snapshot.last_step ?? 0);
      if (marks.some(({ step }) => step > newest)) marks = marks.filter(({ step }) => step <= newest);
      return marks;
    },
  };
}

/** @param {Record<string, any>} before @param {Record<string, any>} after */
function isSame(before, after) {
  const isSamePart = (/** @type {string} */ part) =>
    before[part] === after[part] || JSON.stringify(before[part]) === JSON.stringify(after[part]);
  return before.points === after.points && ["network", "training", "stop"].every(isSamePart);
}
