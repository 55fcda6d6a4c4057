// Points from a table: preview, choices, and the import once the person says so.

import { previewPoints, putTable } from "../api/file-endpoints.js";
import { formatCount } from "../core/format.js";
import { t, tn } from "../core/messages.js";
import { queryOf, settled, withChoice } from "../core/table-choices.js";
import { createImportDialog } from "../views/import/import-dialog.js";
import { fetchStyle } from "../views/stylesheet.js";

/**
 * @param {{id: string, others: () => string[], task: () => string, onDone: (message: string) => void}} options others: on the same points
 * @returns {Promise<{read: (content: Blob, name: string) => Promise<void>}>}
 */
export async function makeImport({ id, others, task, onDone }) {
  await fetchStyle("import");
  /** @type {Blob} */
  let content = new Blob();
  /** @type {import("../core/table-choices.js").Choices} */
  let own = {};
  /** @type {import("../core/table-choices.js").Preview|null} */
  let preview = null;
  let asked = 0;

  /** Show what the newest choices make of the table; an answer that comes late is of no use. */
  const look = async () => {
    const number = ++asked;
    try {
      const found = await previewPoints(id, content, queryOf(own));
      if (number !== asked) return;
      preview = found;
      dialog.show(found, task());
    } catch (problem) {
      if (number === asked) dialog.fail(/** @type {Error} */ (problem).message);
    }
  };

  const use = async () => {
    if (!preview) return;
    try {
      const { points, num_rows } = await putTable([id, ...others()], content, queryOf(settled(preview, own)));
      dialog.close();
      onDone(doneLine(points.length, num_rows));
    } catch (problem) {
      dialog.fail(/** @type {Error} */ (problem).message);
    }
  };

  const dialog = createImportDialog({
    onChoice(name, value) {
      own = withChoice(own, name, value);
      void look();
    },
    onUse: () => void use(),
  });

  return {
    /** Begin with a table. @param {Blob} table @param {string} name of its file, if it has one */
    read(table, name) {
      [content, own, preview] = [table, {}, null];
      dialog.open(name);
      return look();
    },
  };
}

/** @param {number} taken @param {number} all */
function doneLine(taken, all) {
  if (taken < all) return t("{taken} of {all} points are used.", { taken: formatCount(taken), all: formatCount(all) });
  return tn("1 point read.", "{count} points read.", taken, { count: formatCount(taken) });
}
