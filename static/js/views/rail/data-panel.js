// Where points come from: data sets with noise, number and test share, and the number of classes. Fills templates/data.html.

import { datasetFits } from "../../core/task-rules.js";
import { throttleNewest } from "../../core/pacing.js";
import { byId } from "../dom.js";
import { createChoiceField } from "../fields/choice-field.js";
import { createFields } from "../fields/field.js";
import { createStepper } from "../fields/stepper.js";
import { createLegend } from "./legend.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** The settings of a data set, as rows of the catalog; `seed` follows the document's. */
const SETTINGS = ["dataset.points", "dataset.noise", "dataset.test_fraction"];
const MORE = ["dataset.balance", "dataset.shuffle"]; // of classes

/** A data set is made anew while a slider is dragged, at most this often. */
const REMAKE_MS = 200;

/**
 * @param {{catalog: import("../../core/types.js").Catalog, setClasses: (classes: number) => void,
 *   setTask: (task: string) => void, clearPoints: () => void,
 *   makeDataset: (request: Record<string, any>) => void}} options
 */
export function createDataPanel({ catalog, setClasses, setTask, clearPoints, makeDataset }) {
  const usual = Object.fromEntries([...SETTINGS, ...MORE].map((path) => [keyOf(path), catalog.fields[path].default]));
  /** @type {Record<string, any>} */
  let settings = usual;
  /** @type {LabDocument["dataset"]|undefined} as the document has it */
  let shown;
  /** @type {string|null} the data set that is shown unchanged, which sliders may make anew */
  let current = null;
  let seed = 0;

  const makeSoon = throttleNewest(makeDataset, REMAKE_MS);
  const remake = () => current && makeSoon({ name: current, ...settings, seed });

  /** @param {string} name */
  const choose = (name) => {
    seed = name === current ? seed + 1 : 1;
    current = name;
    remake();
  };

  const buttons = [...byId("datasets").querySelectorAll("button")];
  for (const button of buttons) button.addEventListener("click", () => choose(button.value));
  /** @param {string} path @param {any} value */
  const setField = (path, value) => {
    settings = { ...settings, [keyOf(path)]: value };
    remake();
  };
  const fields = createFields(SETTINGS, catalog, { setField });
  const more = createFields(MORE, catalog, { setField });
  const task = createChoiceField(catalog.fields.task, { onInput: setTask, bare: true });
  const spec = catalog.fields.classes;
  const classes = createStepper(spec, { onInput: setClasses, range: [spec.minimum ?? 2, spec.maximum ?? 2] });
  const clear = /** @type {HTMLButtonElement} */ (byId("clear-points"));
  clear.addEventListener("click", clearPoints);
  const renew = /** @type {HTMLButtonElement} */ (byId("new-points"));
  renew.addEventListener("click", () => current && choose(current));
  const legend = createLegend(byId("legend"));
  byId("task").append(task.element);
  byId("dataset").append(...fields.elements, classes.element);
  byId("dataset-more").lastElementChild?.append(...more.elements);

  /** Stand as the points were made; settings stay where they were once points are changed by hand. @param {LabDocument} document */
  const follow = ({ dataset }) => {
    if (dataset === shown) return;
    shown = dataset;
    current = dataset?.name ?? null;
    if (!dataset) return;
    settings = Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, dataset[key] ?? value]));
    seed = dataset.seed ?? 1;
  };

  return {
    /** @param {LabDocument} document */
    show(document) {
      follow(document);
      legend.show(document);
      renew.disabled = current === null;
      clear.disabled = document.points.length === 0;
      task.show(document.task);
      classes.show(document.classes);
      byId("dataset-more").hidden = classes.element.hidden = document.task !== "classification";
      fields.show((path) => settings[keyOf(path)]);
      more.show((path) => settings[keyOf(path)]);
      for (const button of buttons) {
        const dataset = catalog.datasets.find(({ name }) => name === button.value);
        button.hidden = !dataset || !datasetFits(dataset, document);
        button.setAttribute("aria-pressed", String(button.value === current));
      }
    },
  };
}

/** @param {string} path "dataset.noise" */
const keyOf = (path) => path.split(".")[1];
