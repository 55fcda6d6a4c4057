// The settings of a first lesson, beside Run: learning rate, activation of all layers, L2, optimizer, minibatch. Where the bar has no
// room for one of them it stands in the rail's settings; CSS decides which of the two is there.

import { valueAt } from "../../core/merge-patch.js";
import { createField } from "../fields/field.js";
import { createActivationField } from "./activation-field.js";

/** In the order of the bar, and what CSS calls them. */
const SETTINGS = [
  { path: "training.learning_rate", name: "learning-rate" },
  { path: "network.hidden.activation", name: "activation" },
  { path: "training.l2", name: "l2" },
  { path: "training.optimizer", name: "optimizer" },
  { path: "training.batch_size", name: "batch-size" },
];
const SPEED = { path: "pace.steps_per_second", name: "speed" };

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/**
 * @param {{bar: HTMLElement, sheet: HTMLElement}} places
 * @param {{catalog: import("../../core/types.js").Catalog, setField: (path: string, value: any) => void}} options
 */
export function createBarSettings({ bar, sheet }, options) {
  const inBar = SETTINGS.map((setting) => createSetting(setting, options));
  const inSheet = [...SETTINGS, SPEED].map((setting) => createSetting(setting, options));
  bar.append(...inBar.map(({ element }) => element));
  sheet.append(...inSheet.map(({ element }) => element));
  return {
    /** @param {LabDocument} document */
    show(document) {
      for (const setting of [...inBar, ...inSheet]) setting.show(document);
    },
    destroy() {
      for (const { element } of [...inBar, ...inSheet]) element.remove();
    },
  };
}

/**
 * @param {{path: string, name: string}} setting
 * @param {{catalog: import("../../core/types.js").Catalog, setField: (path: string, value: any) => void}} options
 */
function createSetting({ path, name }, { catalog, setField }) {
  const isActivation = path === "network.hidden.activation";
  const field = isActivation
    ? createActivationField(catalog.fields[path], { onInput: (hidden) => setField("network.hidden", hidden) })
    : createField(catalog.fields[path], { onInput: (value) => setField(path, value) });
  field.element.classList.add(`${name}-setting`);
  return {
    element: field.element,
    /** @param {LabDocument} document */
    show: (document) => field.show(isActivation ? document.network.hidden : valueAt(document, path)),
  };
}
