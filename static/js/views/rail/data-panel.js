// Where points come from: data sets with noise, number and test share, and the number of classes. Fills templates/data.html.

import { datasetFits } from "../../core/task-rules.js";
import { throttleNewest } from "../../core/pacing.js";
import { byId } from "../dom.js";
import { createChoiceField } from "../fields/choice-field.js";
import { createFields } from "../fields/field.js";
import { createStepper } from "../fields/stepper.js";
import { helpButton } from "../help/help.js";
import { createClassNames } from "./class-names.js";
import { createLegend } from "./legend.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** The settings of a data set, as rows of the catalog; `seed` follows the document's. */
const SETTINGS = ["dataset.points", "dataset.noise", "dataset.test_fraction"];
const MORE = ["dataset.balance", "dataset.shuffle"]; // of classes

/** A data set is made anew while a slider is dragged, at most this often. */
const REMAKE_MS = 200;

/**
 * @param {{catalog: import("../../core/types.js").Catalog, setClasses: (classes: number) => void,
 *   setTask: (task: string) => void, setNames: (names: string[]) => void, clearPoints: () => void,
 *   makeDataset: (request: Record<string, any>) => void}} options
 */
export function createDataPanel({ catalog, setClasses, setTask, setNames, clearPoints, makeDataset }) {
  const source = createSource(catalog, makeDataset);
  const fields = createFields(SETTINGS, catalog, { setField: source.set });
  const more = createFields(MORE, catalog, { setField: source.set });
  const task = createChoiceField(catalog.fields.task, { onInput: setTask, bare: true });
  const { minimum = 2, maximum = 2 } = catalog.fields.classes;
  const classes = createStepper(catalog.fields.classes, { onInput: setClasses, range: [minimum, maximum] });
  const names = createClassNames({ maxLength: catalog.fields.class_names.max_length ?? 40, setNames });
  const legend = createLegend(byId("legend"));
  const buttons = [...byId("datasets").querySelectorAll("button")];
  const [clear, renew] = ["clear-points", "new-points"].map((id) => /** @type {HTMLButtonElement} */ (byId(id)));
  const settings = /** @type {HTMLFieldSetElement} */ (byId("dataset"));
  for (const button of buttons) button.addEventListener("click", () => source.choose(button.value));
  clear.addEventListener("click", clearPoints);
  renew.addEventListener("click", source.renew);
  byId("task").append(task.element, helpButton(catalog.fields.task));
  byId("open-points").after(helpButton(catalog.fields["dataset.name"]));
  settings.append(...fields.elements);
  settings.after(classes.element);
  byId("dataset-more").lastElementChild?.append(...more.elements, names.element);

  return {
    /** @param {LabDocument} document */
    show(document) {
      source.follow(document);
      const name = source.name();
      legend.show(document);
      settings.disabled = renew.disabled = name === null; // sliders make no points of one's own
      clear.disabled = document.points.length === 0;
      task.show(document.task);
      classes.show(document.classes);
      names.show(document);
      byId("dataset-more").hidden = classes.element.hidden = document.task !== "classification";
      for (const group of [fields, more]) group.show(source.get);
      for (const button of buttons) {
        const dataset = catalog.datasets.find((each) => each.name === button.value);
        button.hidden = !dataset || !datasetFits(dataset, document);
        button.setAttribute("aria-pressed", String(button.value === name));
      }
    },
  };
}

/**
 * The data set that the points came from, and its settings: what is made anew when one of them changes.
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {(request: Record<string, any>) => void} makeDataset
 */
function createSource(catalog, makeDataset) {
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

  return {
    choose,
    name: () => current,
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
      settings = Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, dataset[key] ?? value]));
      seed = dataset.seed ?? 1;
    },
  };
}

/** @param {string} path "dataset.noise" */
const keyOf = (path) => path.split(".")[1];
