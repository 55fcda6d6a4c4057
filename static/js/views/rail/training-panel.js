// How the network learns: loss, optimizer and their numbers; what is needed rarely is folded away under "More".

import { choicesForTask } from "../../core/task-rules.js";
import { valueAt } from "../../core/merge-patch.js";
import { byId } from "../dom.js";
import { createFields } from "../fields/field.js";
import { createSeedField } from "./seed-field.js";

/** Fields in sight, in the order of a first lesson. */
const MAIN = [
  "training.learning_rate",
  "training.l2",
  "training.batch_size",
  "training.optimizer",
  "training.momentum",
  "network.loss",
];

const MORE = [
  "training.l1",
  "training.max_norm",
  "training.keep_prob",
  "training.input_noise",
  "training.shuffle",
  "training.learning_rate_decay",
  "network.init",
  "network.init_scale",
  "stop.epoch",
  "stop.loss",
  "stop.accuracy",
  "pace.frames_per_second",
  "pace.resolution",
];

/**
 * @param {{catalog: import("../../core/types.js").Catalog, setField: (path: string, value: any) => void}} options
 */
export function createTrainingPanel({ catalog, setField }) {
  /** @type {import("../../core/types.js").LabDocument|null} */
  let shown = null;

  /** @param {string} path @param {import("../../core/types.js").Choice} choice */
  const allow = (path, choice) => {
    if (path !== "network.loss" || !shown) return true;
    return choicesForTask([choice], shown.task).length > 0 && !(choice.one_score && shown.classes > 2);
  };

  const present = (/** @type {string} */ path) => path in catalog.fields;
  const inSight = MAIN.filter(present);
  const main = createFields(inSight, catalog, { setField, allow });
  const momentum = main.elements[inSight.indexOf("training.momentum")];
  const optimizers = catalog.fields["training.optimizer"].choices ?? [];
  const usesMomentum = (/** @type {string} */ name) => optimizers.some((one) => one.name === name && one.uses_momentum);
  const more = createFields(MORE.filter(present), catalog, { setField });
  const seed = createSeedField(catalog.fields["network.seed"], { onInput: (value) => setField("network.seed", value) });
  byId("training").append(...main.elements);
  byId("training-more").append(...more.elements);

  return {
    /** @param {import("../../core/types.js").LabDocument} document */
    show(document) {
      shown = document;
      const valueOf = (/** @type {string} */ path) => valueAt(document, path);
      main.show(valueOf);
      momentum.hidden = !usesMomentum(document.training.optimizer); // it would do nothing
      more.show(valueOf);
      seed.show(document.network.seed);
    },
  };
}
