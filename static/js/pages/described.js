// Addresses that describe experiments instead of naming them: /?preset=note-sizes, /?compare=training.l2:0.001,0.01,0.1, both
// together, /copy/ID?compare=... Makes what they describe and puts its address in their place.

import { makeCompared, runAll } from "../api/compare-endpoints.js";
import { createSession, deleteSession } from "../api/endpoints.js";
import { comparisonOf } from "../core/compare-values.js";
import { t } from "../core/messages.js";
import { firstExample } from "./first-example.js";
import { comparisonHere, copyIdOf } from "./open-session.js";
import { PRESETS } from "./presets/table.js";

/** @typedef {import("./presets/table.js").Preset} Preset */

/** @typedef {import("../api/endpoints.js").OnWait} OnWait */

/** @param {OnWait} onWait @returns {Promise<Preset|undefined>} the experiment of the gallery that the address names */
export async function makeDescribed(onWait) {
  const query = new URLSearchParams(location.search);
  const preset = presetOf(query.get("preset"));
  const comparison = comparisonOf(query.get("compare")) ?? preset?.compare;
  if (query.get("compare") && !comparison) throw new Error(t("This link is not complete."));
  const copied = copyIdOf(location.pathname);
  const ids =
    copied && comparison
      ? await makeCompared(copied, comparison, onWait)
      : await makeAll(preset ?? { document: firstExample() }, comparison, onWait);
  history.replaceState(null, "", comparisonHere(ids));
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) await runAll(ids);
  return preset;
}

/** @param {string|null} name */
function presetOf(name) {
  const preset = PRESETS.find((one) => one.name === name);
  if (name && !preset) throw new Error(t("There is no experiment “{name}” in the gallery.", { name }));
  return preset;
}

/** @param {Pick<Preset, "document"> & Partial<Preset>} described @param {Preset["compare"]} comparison @param {OnWait} onWait */
async function makeAll({ title = "", document, dataset = document.dataset }, comparison, onWait) {
  const made = await createSession({ title, ...document, dataset }, onWait);
  const id = String(made.id);
  if (!comparison) return [id];
  const ids = await makeCompared(id, comparison, onWait);
  await deleteSession(id).catch(() => {}); // it has served as the pattern of the others; nobody misses it
  return ids;
}
