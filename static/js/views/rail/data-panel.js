// Where points come from: data sets with noise, number and test share, and the number of classes. Fills templates/data.html.

import { datasetFits } from "../../core/task-rules.js";
import { throttleNewest } from "../../core/pacing.js";
import { listen } from "../dom.js";
import { createChoiceField } from "../fields/choice-field.js";
import { createFields } from "../fields/field.js";
import { createStepper } from "../fields/stepper.js";
import { helpButton } from "../help/help.js";
import { createLegend } from "./legend.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** The settings of a data set, as rows of the catalog; `seed` follows the document's. */
const SETTINGS = ["dataset.points", "dataset.noise", "dataset.test_fraction"];
const MORE = ["dataset.balance", "dataset.shuffle"]; // of classes

/** A data set is made anew while a slider is dragged, at most this often. */
const REMAKE_MS = 200;

/**
 * @typedef {{task: HTMLElement, datasets: HTMLElement, settings: HTMLFieldSetElement, more: HTMLElement, moreFields: HTMLElement,
 *   legend: HTMLElement, clear: HTMLButtonElement, renew: HTMLButtonElement, open: HTMLElement}} Places datasets: their buttons; open: the
 *   button that opens points
 */

/**
 * @param {Places} places
 * @param {{catalog: import("../../core/types.js").Catalog, setClasses: (classes: number) => void,
 *   setTask: (task: string) => void, clearPoints: () => void,
 *   makeDataset: (request: Record<string, any>) => void}} options
 */
export function createDataPanel(places, { catalog, setClasses, setTask, clearPoints, makeDataset }) {
  const { settings, clear, renew } = places;
  const source = createSource(catalog, makeDataset);
  const fields = createFields(SETTINGS, catalog, { setField: source.set });
  const more = createFields(MORE, catalog, { setField: source.set });
  const task = createChoiceField(catalog.fields.task, { onInput: setTask, bare: true });
  const { minimum = 2, maximum = 2 } = catalog.fields.classes;
  const classes = createStepper(catalog.fields.classes, { onInput: setClasses, range: [minimum, maximum] });
  const legend = createLegend(places.legend);
  const buttons = [...places.datasets.querySelectorAll("button")];
  const ends = [
    ...buttons.map((button) => listen(button, { click: () => source.choose(button.value) })),
    listen(clear, { click: clearPoints }),
    listen(renew, { click: source.renew }),
  ];
  const helps = [helpButton(catalog.fields.task), helpButton(catalog.fields["dataset.name"])];
  places.task.append(task.element, helps[0]);
  places.open.after(helps[1]);
  settings.append(...fields.elements);
  settings.after(classes.element);
  places.moreFields.append(...more.elements);

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
      places.more.hidden = classes.element.hidden = document.task !== "classification";
      for (const group of [fields, more]) group.show(source.get);
      for (const button of buttons) {
        const dataset = catalog.datasets.find((each) => each.name === button.value);
        button.hidden = !dataset || !datasetFits(dataset, document);
        button.setAttribute("aria-pressed", String(button.value === name));
      }
    },
    destroy() {
      for (const end of ends) end();
      const made = [task.element, classes.element, ...helps, ...fields.elements, ...more.elements];
      for (const element of made) element.remove();
      legend.destroy();
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
      const drawn = /** @type {Record<string, any>} */ (dataset);
      settings = Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, drawn[key] ?? value]));
      seed = dataset.seed ?? 1;
    },
  };
}

/** @param {string} path "dataset.noise" */
const keyOf = (path) => path.split(".")[1];
