// Keeps the chart's marks as the server has them: fetched when a snapshot tells of others. What puts them into words is fetched
// with the first ones.

import { getMarks } from "../api/endpoints.js";
import { persistently } from "../api/persistently.js";
import { newestOnly } from "../core/pacing.js";

/** @typedef {import("../core/marks.js").Mark} Mark */

/** In place of what was told: an outage was longer than one asks again. */
const UNREAD = "unread";

/** @param {{fields: Record<string, import("../core/types.js").FieldSpec>, onMarks: () => void}} options */
export function followMarks({ fields, onMarks }) {
  /** @type {Mark[]} */
  let marks = [];
  let known = "";
  const read = async (/** @type {string} */ id) => {
    const [{ marks: found }, { inWords }] = await Promise.all([
      persistently(() => getMarks(id)),
      import("../core/marks.js"),
    ]);
    marks = found.map((mark) => inWords(mark, fields));
    onMarks();
  };
  const fetchMarks = newestOnly((/** @type {string} */ id) =>
    read(id).catch(({ isOutage }) => {
      if (isOutage) known = UNREAD;
    }),
  );

  return {
    /** The marks, as far as they are here. @param {import("./playground.js").PageState} state */
    of({ snapshot, editId, viewId }) {
      const told = `${viewId} ${snapshot.courses ?? 0} ${snapshot.marks ?? 0}`;
      const isFirst = known === "" && !snapshot.marks;
      if (told !== known && !isFirst) setTimeout(fetchMarks, 0, editId ?? viewId); // the frame goes first
      known = told;
      return marks;
    },
  };
}
