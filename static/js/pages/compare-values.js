// Comparing a setting at several values: from any control that names one, the dialog, the experiments that it makes, and their page.

import { makeCompared, runAll } from "../api/compare-endpoints.js";
import { proposedValues, settingIn } from "../core/compare-values.js";
import { choicesForTask } from "../core/task-rules.js";
import { createValuesDialog } from "../views/compare/values-dialog.js";
import { comparisonHere } from "./open-session.js";

/** @typedef {import("../core/types.js").LabDocument} LabDocument */

/**
 * @param {{catalog: import("../core/types.js").Catalog, chosen: () => {id: string, document: LabDocument}}} page chosen: the experiment
 *   that is asked for
 * @returns {(path: string) => void} opens the dialog for a setting
 */
export function makeCompareValues({ catalog, chosen }) {
  let path = "";
  const dialog = createValuesDialog({
    async onCompare(values, onWait) {
      const ids = await makeCompared(chosen().id, { path, values }, onWait);
      await runAll(ids);
      location.assign(comparisonHere(ids));
    },
  });
  return (wanted) => {
    path = wanted;
    const { document } = chosen();
    const spec = specOf(path, catalog, document);
    dialog.open(spec, proposedValues(spec, settingIn(document, path)));
  };
}

/** The setting's row, with the choices that the document's task has a use for. @param {string} path @param {import("../core/types.js").Catalog} catalog @param {LabDocument} document */
function specOf(path, { fields }, { task, classes }) {
  const spec = fields[path.replace(/^(network\.hidden)\.\d+/, "$1")];
  const choices = spec.choices && choicesForTask(spec.choices, task);
  return { ...spec, choices: choices?.filter((choice) => !(choice.one_score && classes > 2)) };
}
