// Follows the experiment that the spotlight shows, whoever's it is, over the page's stream.

import { subscribe } from "../../api/stream.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** @param {(seen: {document: LabDocument|null, regions: import("../../core/types.js").Regions|null, snapshot: import("../../core/types.js").Snapshot|null}) => void} onSeen */
export function createWatched(onSeen) {
  /** @type {ReturnType<typeof subscribe>|null} */
  let subscription = null;
  let viewId = "";
  let tell = () => {};

  const follow = (/** @type {string} */ wanted) => {
    /** @type {LabDocument|null} */
    let document = null;
    /** @type {import("../../core/types.js").Frame|null} */
    let frame = null;
    tell = () => onSeen({ document, regions: frame?.regions ?? null, snapshot: frame });
    return subscribe(
      wanted,
      {},
      {
        onDocument(news) {
          document = /** @type {LabDocument} */ ({ points: document?.points ?? [], ...news.document });
          tell();
        },
        onFrame(newest) {
          frame = newest;
          tell();
        },
      },
    );
  };

  return {
    /** @param {string} wanted the view id, "" for nobody */
    show(wanted) {
      if (wanted === viewId) return;
      viewId = wanted;
      subscription?.end();
      tell = () => {};
      subscription = wanted ? follow(wanted) : null;
    },
    /** Show what was seen last once more: in other colours. */
    redraw: () => tell(),
  };
}
