// Settings of a small playground as patches of the document; "units" and the activation are those of all hidden layers. Pure.

import { mergePatch, patchAt } from "./merge-patch.js";

/** @typedef {import("./types.js").LabDocument} LabDocument */

/** @param {LabDocument} document @param {string} path @param {any} value @returns {Record<string, any>} */
export function settingPatch({ network }, path, value) {
  const name = path === "units" ? "units" : path === "network.hidden.activation" ? "activation" : null;
  if (!name) return patchAt(path, value);
  return { network: { hidden: network.hidden.map((layer) => ({ ...layer, [name]: value })) } };
}

/** Several at once. @param {LabDocument} document @param {Record<string, any>} settings @returns {Record<string, any>} */
export function settingsPatch(document, settings) {
  return Object.entries(settings).reduce(
    (patch, [path, value]) => mergePatch(patch, settingPatch(document, path, value)),
    {},
  );
}
