// Which points are held out: their share, which works for points of one's own too, and other ones of the same share. Off, with the
// reason, where it has nothing to act on.

import { reasonNotToHoldOut, shareHeldOut } from "../../core/held-out.js";
import { t } from "../../core/messages.js";
import { throttleNewest } from "../../core/pacing.js";
import { h, setText } from "../dom.js";
import { createFields } from "../fields/field.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

const PATH = "dataset.test_fraction";

/** Points are chosen anew while the slider is dragged, at most this often. */
const CHOOSE_MS = 200;

/**
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {{source: ReturnType<typeof import("./dataset-source.js").createSource>,
 *   holdOut: (request: {test_fraction: number, seed: number}) => void}} options
 */
export function createTestShare(catalog, { source, holdOut }) {
  let seed = 1;
  let share = 0;
  const holdOutSoon = throttleNewest(holdOut, CHOOSE_MS);
  const choose = (/** @type {number} */ test_fraction) => {
    share = test_fraction;
    holdOutSoon({ test_fraction, seed });
  };
  const fields = createFields([PATH], catalog, {
    setField: (path, value) => (source.name() === null ? choose(value) : source.set(path, value)),
  });
  const again = h(
    "button",
    { type: "button", class: "button small", on: { click: () => ((seed += 1), choose(share)) } },
    t("Other test points"),
  );
  again.title = t("Hold the same share out, chosen anew");
  const reason = h("p", { class: "quiet" });
  const set = h(
    "fieldset",
    { class: "bare fields test-share", "aria-label": t("Test points") },
    h("div", { class: "of-own-points" }, reason, again),
    ...fields.elements,
  );

  return {
    element: set,
    /** @param {LabDocument} document */
    show(document) {
      const isOwn = source.name() === null;
      if (isOwn) share = shareHeldOut(document);
      fields.show((path) => (isOwn ? share : source.get(path)));
      const why = isOwn ? reasonNotToHoldOut(document) : "";
      set.disabled = why !== "";
      reason.hidden = !why;
      setText(reason, why);
      again.hidden = !isOwn || why !== ""; // a data set has a button for other points already
      again.disabled = share === 0;
    },
  };
}
