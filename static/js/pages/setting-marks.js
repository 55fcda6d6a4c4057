// Follows the document and notes at which step each setting was changed; what a change is, is fetched with the first one.

/** @typedef {import("../core/marks.js").Mark} Mark */

/** @param {{fields: Record<string, import("../core/types.js").FieldSpec>, onMarks: () => void}} options */
export function followSettings({ fields, onMarks }) {
  /** @type {Mark[]} */
  let marks = [];
  /** @type {import("../core/types.js").LabDocument|null} */
  let last = null;
  let session = "";

  /** @param {import("../core/types.js").LabDocument} before @param {import("../core/types.js").LabDocument} after @param {number} step */
  const note = async (before, after, step) => {
    const { withChange } = await import("../core/marks.js");
    const known = marks;
    marks = withChange(marks, before, after, { step, time_ms: performance.now(), fields });
    if (marks !== known) onMarks();
  };

  return {
    /** The marks up to the newest step that is known. @param {import("./playground.js").PageState} state */
    upTo({ document, snapshot, viewId }) {
      if (viewId !== session) [session, marks, last] = [viewId, [], document]; // the other one of a comparison
      if (last && last !== document && snapshot.step > 0 && !isSameSetting(last, document))
        note(last, document, snapshot.step);
      last = document;
      const newest = Math.max(snapshot.step, snapshot.last_step ?? 0);
      if (marks.some(({ step }) => step > newest)) marks = marks.filter(({ step }) => step <= newest);
      return marks;
    },
  };
}

/** Most changes are of points, and cost nothing here. @param {Record<string, any>} before @param {Record<string, any>} after */
function isSameSetting(before, after) {
  return ["network", "training", "stop"].every((part) => JSON.stringify(before[part]) === JSON.stringify(after[part]));
}
