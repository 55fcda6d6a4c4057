// Experiments side by side on the same points: which changes are common to all, what differs between their settings, and their
// losses over one axis. Pure.

import { withSign } from "./decimals.js";
import { t } from "./messages.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./types.js").LabDocument} LabDocument */
/** @typedef {import("./series.js").Series} Series */
/**
 * An experiment beside others, as it is shown.
 * @typedef {{state: {document: LabDocument, snapshot: import("./types.js").Snapshot, regions: import("./types.js").Regions|null,
 *   curves: import("./types.js").UnitCurves|null, series: Series}}} Panel
 */

/** What each is called, in order: as many as have room. */
export const LETTERS = ["A", "B", "C", "D", "E", "F"];

/** The data, how it is looked at and how fast training goes: a change of these is for all. */
const COMMON_FIELDS = ["points", "dataset", "classes", "class_names", "task", "view", "pace"];

/** The settings that may differ, in the order in which they are told. */
const OWN_PARTS = ["network", "training", "stop", "dataset"];

/** Points, data and running are common to all; settings, weights and taking back are each one's own. @param {Change} change */
export function isCommon(change) {
  if (change.kind === "weight") return false;
  if (change.kind === "patch" && change.isForAll) return true;
  if (change.kind === "patch") return Object.keys(change.patch).some((name) => COMMON_FIELDS.includes(name));
  return change.kind !== "command" || !["undo", "redo"].includes(change.name);
}

/** Do both have the same data? @param {LabDocument} a @param {LabDocument} b */
export function haveSameData(a, b) {
  const dataOf = (/** @type {LabDocument} */ document) => [document.class_names, document.points];
  return a.task === b.task && a.classes === b.classes && JSON.stringify(dataOf(a)) === JSON.stringify(dataOf(b));
}

/**
 * What differs between two documents' settings.
 * @param {LabDocument} a
 * @param {LabDocument} b
 * @param {Record<string, import("./types.js").FieldSpec>} fields the catalog's rows
 * @returns {{name: string, a: string, b: string}[]}
 */
export function differences(a, b, fields) {
  return OWN_PARTS.flatMap((part) => {
    const [ours, theirs] = [partOf(a, part), partOf(b, part)];
    return Object.keys(ours).flatMap((name) => {
      if (JSON.stringify(ours[name]) === JSON.stringify(theirs[name])) return [];
      if (name === "hidden") return layerDifferences(ours.hidden, theirs.hidden, fields);
      const row = fields[`${part}.${name}`];
      return [{ name: row?.label ?? name, a: valueText(ours[name], row), b: valueText(theirs[name], row) }];
    });
  });
}

/** @param {Record<string, any>} document @param {string} part @returns {Record<string, any>} */
const partOf = (document, part) => document[part] ?? {};

/**
 * @param {import("./types.js").HiddenLayer[]} a
 * @param {import("./types.js").HiddenLayer[]} b
 * @param {Record<string, import("./types.js").FieldSpec>} fields
 */
function layerDifferences(a, b, fields) {
  if (a.length !== b.length)
    return [{ name: fields["network.hidden"].label, a: String(a.length), b: String(b.length) }];
  return a.flatMap((layer, index) =>
    /** @type {(keyof typeof layer)[]} */ (Object.keys(layer))
      .filter((name) => layer[name] !== b[index][name])
      .map((name) => {
        const row = fields[`network.hidden.${name}`];
        return {
          name: layerSetting(index, row?.label ?? name),
          a: valueText(layer[name], row),
          b: valueText(b[index][name], row),
        };
      }),
  );
}

/** A setting of one layer, as it is called. @param {number} index from 0 @param {string} setting */
export const layerSetting = (index, setting) => t("Hidden layer {layer}: {setting}", { layer: index + 1, setting });

/** @param {unknown} value @param {import("./types.js").FieldSpec} [row] */
export function valueText(value, row) {
  if (value == null || (Array.isArray(value) && !value.length)) return "–";
  if (Array.isArray(value)) return value.map((part) => (Array.isArray(part) ? part.join("→") : part)).join(", ");
  if (typeof value === "boolean") return value ? t("on") : t("off");
  if (typeof value === "number") return withSign(String(value));
  return row?.choices?.find((choice) => choice.name === value)?.label ?? String(value);
}

/**
 * What is peculiar to each: its value of every setting in which not all agree, such as "Learning rate 0.2".
 * @param {LabDocument[]} documents
 * @param {Record<string, import("./types.js").FieldSpec>} fields
 * @returns {string[]} empty texts where all have the same settings
 */
export function peculiarities(documents, fields) {
  const [first, ...others] = documents;
  const found = others.map((other) => differences(first, other, fields));
  const ours = new Map(found.flat().map(({ name, a }) => [name, a]));
  const wordsOf = (/** @type {Map<string, string>} */ own) =>
    [...ours].map(([name, value]) => `${name} ${own.get(name) ?? value}`).join(", ");
  return [new Map(), ...found.map((each) => new Map(each.map(({ name, b }) => [name, b])))].map(wordsOf);
}

/**
 * One column of all series over the steps of any: between two known steps on the line from one to the other, null before
 * and beyond what a series knows.
 * @param {Series[]} all
 * @param {import("./series.js").Column} column
 */
export function overOneAxis(all, column) {
  const steps = [...new Set(all.flatMap(({ step }) => step))].sort((one, other) => one - other);
  return { steps, values: all.map((series) => valuesAt(steps, series.step, series[column])) };
}

/**
 * @param {number[]} steps ascending, among them all of `known`
 * @param {number[]} known
 * @param {(number|null)[]} values at the known ones
 */
function valuesAt(steps, known, values) {
  let index = -1;
  return steps.map((step) => {
    if (step === known[index + 1]) index += 1;
    if (index < 0 || step === known[index]) return values[index] ?? null;
    const [before, after] = [values[index], values[index + 1] ?? null];
    if (before === null || after === null) return null;
    return before + ((after - before) * (step - known[index])) / (known[index + 1] - known[index]);
  });
}
