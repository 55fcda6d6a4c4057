// The data set that the points came from, and its settings: what is made anew when one of them changes.

import { throttleNewest } from "../../core/pacing.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** A data set is made anew while a slider is dragged, at most this often. */
const REMAKE_MS = 200;

/** Of measured data all rows are taken at first. */
const ALL = 2000;

/**
 * @param {string[]} paths of the settings, as rows of the catalog
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {(request: Record<string, any>) => void} makeDataset
 */
export function createSource(paths, catalog, makeDataset) {
  const usual = Object.fromEntries(paths.map((path) => [keyOf(path), catalog.fields[path].default]));
  /** @type {Record<string, any>} */
  let settings = usual;
  /** @type {Record<string, any>} those of the last shape, which measured data leave as they were */
  let ofShape = usual;
  /** @type {LabDocument["dataset"]|undefined} as the document has it */
  let shown;
  /** @type {string|null} the data set that is shown unchanged, which sliders may make anew */
  let current = null;
  let seed = 0;
  const makeSoon = throttleNewest(makeDataset, REMAKE_MS);
  const remake = () => current && makeSoon({ name: current, ...settings, seed });
  const isMeasured = (/** @type {string|null} */ name) =>
    Boolean(catalog.datasets.find((each) => each.name === name)?.source);

  /** @param {string} name */
  const choose = (name) => {
    const isOther = name !== current;
    if (isOther && isMeasured(name)) settings = { ...settings, points: ALL };
    else if (isOther && isMeasured(current)) settings = { ...ofShape, test_fraction: settings.test_fraction };
    seed = isOther ? 1 : seed + 1;
    current = name;
    remake();
  };

  return {
    choose,
    name: () => current,
    isMeasured: () => isMeasured(current),
    /** The same data set with other points. */
    renew: () => current && choose(current),
    /** @param {string} path */
    get: (path) => settings[keyOf(path)],
    /** @param {string} path @param {any} value */
    set(path, value) {
      settings = { ...settings, [keyOf(path)]: value };
      remake();
    },
    /** Stand as the points were made; settings stay where they were once points are changed by hand. @param {LabDocument} document */
    follow({ dataset }) {
      if (dataset === shown) return;
      shown = dataset;
      current = dataset?.name ?? null;
      if (!dataset) return;
      const drawn = /** @type {Record<string, any>} */ (dataset);
      settings = Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, drawn[key] ?? value]));
      if (!isMeasured(current)) ofShape = settings;
      seed = dataset.seed ?? 1;
    },
  };
}

/** @param {string} path "dataset.noise" */
const keyOf = (path) => path.split(".")[1];
