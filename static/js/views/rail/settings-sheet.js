// All settings of training, grouped: how it steps, what holds it back, how it starts, when it stops and how often it is shown.

import { choicesForTask } from "../../core/task-rules.js";
import { valueAt } from "../../core/merge-patch.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { createFields } from "../fields/field.js";
import { createSeedField } from "./seed-field.js";
import { createViewFields } from "./view-fields.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/** Fields by group; those of the training bar stand there, or over these. */
const GROUPS = [
  {
    title: t("Training"),
    paths: ["network.scaling", "training.momentum", "network.loss", "training.shuffle", "training.learning_rate_decay"],
  },
  {
    title: t("Regularization"),
    paths: ["training.l1", "training.max_norm", "training.keep_prob", "training.input_noise"],
  },
  { title: t("Start"), paths: ["network.init", "network.init_scale"] },
  {
    title: t("Stop and show"),
    paths: ["stop.epoch", "stop.loss", "stop.accuracy", "pace.frames_per_second", "pace.resolution"],
  },
];

/**
 * @param {HTMLElement} element
 * @param {{catalog: import("../../core/types.js").Catalog, setField: (path: string, value: any) => void}} options
 */
export function createSettingsSheet(element, { catalog, setField }) {
  /** @type {LabDocument|null} */
  let shown = null;

  /** @param {string} path @param {import("../../core/types.js").Choice} choice */
  const allow = (path, choice) => {
    if (path !== "network.loss" || !shown) return true;
    return choicesForTask([choice], shown.task).length > 0 && !(choice.one_score && shown.classes > 2);
  };
  const groups = GROUPS.map(({ title, paths }) => {
    const known = paths.filter((path) => path in catalog.fields);
    const fields = createFields(known, catalog, { setField, allow });
    element.append(h("h3", { class: "settings-title" }, title), ...fields.elements);
    return { known, fields };
  });
  const view = createViewFields(catalog, { setField });
  element.append(h("h3", { class: "settings-title" }, t("View")), ...view.elements);
  const elementOf = (/** @type {string} */ path) => {
    const group = groups.find(({ known }) => known.includes(path));
    return group?.fields.elements[group.known.indexOf(path)];
  };
  const momentum = elementOf("training.momentum");
  const optimizers = catalog.fields["training.optimizer"].choices ?? [];
  const usesMomentum = (/** @type {string} */ name) => optimizers.some((one) => one.name === name && one.uses_momentum);
  const seed = createSeedField(catalog.fields["network.seed"], { onInput: (value) => setField("network.seed", value) });
  elementOf("network.init_scale")?.after(seed.element);

  return {
    /** @param {LabDocument} document */
    show(document) {
      shown = document;
      for (const { fields } of groups) fields.show((path) => valueAt(document, path));
      if (momentum) momentum.hidden = !usesMomentum(document.training.optimizer); // it would do nothing
      seed.show(document.network.seed);
      view.show(document);
    },
    destroy: () => element.replaceChildren(),
  };
}
