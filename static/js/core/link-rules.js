// What a link hides and locks: /s/e1f0...?hide=network,inside&lock=data. A matter of the page, for teachers, and no security:
// who has an edit link may change everything by the API. Pure.

import { t } from "./messages.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {{hidden: Set<string>, locked: Set<string>, unknown: string[]}} LinkRules */

/** The parts of the page that a link may hide. Those with `locks` may be locked as well. */
export const PARTS = /** @type {const} */ ([
  { name: "data", label: t("Data and points"), locks: true },
  { name: "network", label: t("Network"), locks: true },
  { name: "training", label: t("Training"), locks: true },
  { name: "run", label: t("Run, Step, Reset"), locks: true },
  { name: "time", label: t("Time"), locks: true },
  { name: "results", label: t("Results"), locks: false },
  { name: "inside", label: t("Inside the network"), locks: false },
  { name: "gallery", label: t("Gallery"), locks: false },
  { name: "file", label: t("File"), locks: false },
  { name: "compare", label: t("Compare"), locks: false },
  { name: "share", label: t("Share"), locks: false },
]);

/** What an embedded page shows only when its address says `show=...`. */
const EMBEDDED_HIDES = ["data", "network", "training", "time", "inside", "gallery", "file", "compare", "share"];

/** Which part a field of the document belongs to; others, such as the title, are nobody's. @type {Record<string, string>} */
const PART_OF_FIELD = {
  points: "data",
  classes: "data",
  task: "data",
  network: "network",
  training: "training",
  stop: "training",
  pace: "run",
};

/** @type {Record<string, string[]>} */
const PARTS_OF_COMMAND = {
  dataset: ["data"],
  run: ["run"],
  pause: ["run"],
  step: ["run"],
  reset: ["run"],
  back: ["time"],
  undo: ["data", "network", "training"],
  redo: ["data", "network", "training"],
};

/** @param {string} search @param {{isEmbedded?: boolean}} [page] @returns {LinkRules} */
export function rulesOf(search, { isEmbedded = false } = {}) {
  const query = new URLSearchParams(search);
  const names = (/** @type {string} */ key) => (query.get(key) ?? "").split(",").filter(Boolean);
  const [hide, show, lock] = [names("hide"), names("show"), names("lock")];
  const known = (/** @type {string} */ name) => PARTS.some((part) => part.name === name);
  const canLock = (/** @type {string} */ name) => PARTS.some((part) => part.name === name && part.locks);
  const usual = isEmbedded ? EMBEDDED_HIDES.filter((name) => !show.includes(name)) : [];
  return {
    hidden: new Set([...usual, ...hide].filter(known)),
    locked: new Set(lock.filter(canLock)),
    unknown: [...[...hide, ...show].filter((name) => !known(name)), ...lock.filter((name) => !canLock(name))],
  };
}

/** The rules as the end of an address, empty for none. @param {{hidden: Iterable<string>, locked: Iterable<string>}} rules */
export function queryOf({ hidden, locked }) {
  const parts = [
    ["hide", [...hidden].join()],
    ["lock", [...locked].join()],
  ].filter(([, names]) => names);
  return parts.map(([key, names]) => `${key}=${names}`).join("&");
}

/** The parts of the page that a change is made with. @param {Change} change @returns {string[]} */
export function partsOf(change) {
  if (change.kind === "patch") return Object.keys(change.patch).flatMap((name) => PART_OF_FIELD[name] ?? []);
  if (change.kind === "command") return PARTS_OF_COMMAND[change.name] ?? [];
  return [change.kind === "weight" ? "network" : "data"];
}

/** The label of the part that locks a change, null where it may be made. @param {LinkRules} rules @param {Change} change */
export function lockOf({ locked }, change) {
  const name = partsOf(change).find((part) => locked.has(part));
  return PARTS.find((part) => part.name === name)?.label ?? null;
}
