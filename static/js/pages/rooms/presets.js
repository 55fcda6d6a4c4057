// An experiment of the gallery as what a room is given: a new experiment, or a patch for everyone's.

import { createSession, getCatalog } from "../../api/endpoints.js";
import { changesForPreset } from "../presets/changes.js";
import { PRESETS } from "../presets/table.js";

/** @param {string} name @returns {Promise<Record<string, any>>} the document's patch, its data set included */
export async function patchOfPreset(name) {
  const preset = PRESETS.find((one) => one.name === name) ?? PRESETS[0];
  const [change] = changesForPreset(preset, (await getCatalog()).defaults);
  return change.kind === "patch" ? change.patch : {};
}

/** @param {string} name @param {import("../../api/endpoints.js").OnWait} onWait @returns {Promise<string>} the id of a new experiment */
export async function sessionOfPreset(name, onWait) {
  const { dataset, points: _, ...document } = await patchOfPreset(name);
  const kept = Object.fromEntries(Object.entries(dataset).filter(([, value]) => value !== null));
  return String((await createSession({ ...document, dataset: kept }, onWait)).id);
}
