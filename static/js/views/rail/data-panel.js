// Where points come from: data sets with noise, number and test share, and the number of classes. Fills templates/data.html.

import { datasetFits } from "../../core/task-rules.js";
import { listen } from "../dom.js";
import { createChoiceField } from "../fields/choice-field.js";
import { createFields } from "../fields/field.js";
import { createStepper } from "../fields/stepper.js";
import { helpButton } from "../help/help.js";
import { createClassNames } from "./class-names.js";
import { createDataOrigin } from "./data-origin.js";
import { createSource } from "./dataset-source.js";
import { createLegend } from "./legend.js";
import { createTestShare } from "./test-share.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** The settings of a data set, as rows of the catalog; `seed` follows the document's. */
const SETTINGS = ["dataset.points", "dataset.noise"];
const NOISE = 1; // of which measured data have none to set
const SHARE = "dataset.test_fraction";
const MORE = ["dataset.balance", "dataset.shuffle"]; // of classes

/**
 * @typedef {{task: HTMLElement, datasets: HTMLElement, settings: HTMLFieldSetElement, more: HTMLElement, moreFields: HTMLElement,
 *   legend: HTMLElement, clear: HTMLButtonElement, renew: HTMLButtonElement, open: HTMLElement}} Places datasets: their buttons; open: the
 *   button that opens points
 */

/**
 * @param {Places} places
 * @param {{catalog: import("../../core/types.js").Catalog, setClasses: (classes: number) => void,
 *   setTask: (task: string) => void, setNames: (names: string[]) => void, clearPoints: () => void,
 *   makeDataset: (request: Record<string, any>) => void, holdOut: (request: {test_fraction: number, seed: number}) => void}} options
 */
export function createDataPanel(places, { catalog, setClasses, setTask, setNames, clearPoints, makeDataset, holdOut }) {
  const { settings, clear, renew } = places;
  const source = createSource([...SETTINGS, SHARE, ...MORE], catalog, makeDataset);
  const fields = createFields(SETTINGS, catalog, { setField: source.set });
  const more = createFields(MORE, catalog, { setField: source.set });
  const task = createChoiceField(catalog.fields.task, { onInput: setTask, bare: true });
  const { minimum = 2, maximum = 2 } = catalog.fields.classes;
  const classes = createStepper(catalog.fields.classes, { onInput: setClasses, range: [minimum, maximum] });
  const names = createClassNames({ maxLength: catalog.fields.class_names.max_length ?? 40, setNames });
  const share = createTestShare(catalog, { source, holdOut });
  const origin = createDataOrigin(catalog);
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
  settings.after(share.element, origin.element, classes.element);
  places.moreFields.append(...more.elements, names.element);

  const own = [task, classes, share, names, origin].map(({ element }) => element);

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
      places.more.hidden = classes.element.hidden = document.task !== "classification";
      for (const group of [fields, more]) group.show(source.get);
      share.show(document);
      origin.show(name);
      fields.elements[NOISE].hidden = source.isMeasured();
      for (const button of buttons) {
        const dataset = catalog.datasets.find((each) => each.name === button.value);
        button.hidden = !dataset || !datasetFits(dataset, document);
        button.setAttribute("aria-pressed", String(button.value === name));
      }
    },
    destroy() {
      for (const end of ends) end();
      for (const element of [...own, ...helps, ...fields.elements, ...more.elements]) element.remove();
      legend.destroy();
    },
  };
}
