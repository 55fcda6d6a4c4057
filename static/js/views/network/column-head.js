// One column's head, of each kind: inputs, hidden layer with or without its controls, scores.

import { outputCount } from "../../core/architecture.js";
import { formatCount } from "../../core/format.js";
import { withLayerChanged, withoutLayer } from "../../core/layer-changes.js";
import { t, tn } from "../../core/messages.js";
import { choicesForTask } from "../../core/task-rules.js";
import { h, setText } from "../dom.js";
import { createChoiceField } from "../fields/choice-field.js";
import { createStepperBox } from "../fields/stepper-box.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Catalog} Catalog */
/** @typedef {(change: (network: import("../../core/types.js").Network) => Partial<import("../../core/types.js").Network>) => void} ChangeNetwork */

/** @param {Catalog} catalog */
export function createInputsHead({ fields }) {
  const count = h("span", { class: "quiet" });
  const total = fields["network.inputs"].choices?.length ?? 0;
  return {
    element: h("div", { class: "column-head" }, h("strong", {}, t("Inputs")), count),
    /** @param {LabDocument} document */
    show: ({ network }) => setText(count, t("{count} of {total} on", { count: network.inputs.length, total })),
  };
}

/**
 * Units and activation of a hidden layer; its name opens the menu with all there is to set.
 * @param {number} index from 0
 * @param {{catalog: Catalog, changeNetwork: ChangeNetwork, onMenu: (anchor: HTMLElement) => void}} options
 */
export function createHiddenHead(index, { catalog: { fields }, changeNetwork, onMenu }) {
  const number = index + 1;
  const change = (/** @type {Partial<import("../../core/types.js").HiddenLayer>} */ changes) =>
    changeNetwork((network) => withLayerChanged(network, index, changes));
  const name = h(
    "button",
    {
      type: "button",
      class: "column-name",
      "aria-haspopup": "dialog",
      title: t("More about this layer"),
      on: { click: () => onMenu(name) },
    },
    t("Hidden {number}", { number }),
  );
  const units = createStepperBox(fields["network.hidden.units"], {
    label: t("Hidden layer {number}: units", { number }),
    fewer: t("One unit less"),
    more: t("One unit more"),
    onInput: (count) => change({ units: count }),
  });
  const activation = createChoiceField(fields["network.hidden.activation"], {
    onInput: (chosen) => change({ activation: chosen }),
    label: t("Hidden layer {number}: activation", { number }),
    bare: true,
  });
  const remove = h(
    "button",
    {
      type: "button",
      class: "remove-layer",
      "aria-label": t("Remove hidden layer {number}", { number }),
      on: { click: () => changeNetwork((network) => withoutLayer(network, index)) },
    },
    "×",
  );
  return {
    element: h("div", { class: "column-head" }, name, units.element, activation.element, remove),
    /** @param {LabDocument} document */
    show({ network: { hidden } }) {
      units.show(hidden[index].units);
      activation.show(hidden[index].activation);
    },
  };
}

/**
 * A hidden layer's head where there is little room: one button with all of it in a menu.
 * @param {number} index from 0
 * @param {{catalog: Catalog, onMenu: (anchor: HTMLElement) => void}} options
 */
export function createShortHead(index, { catalog: { fields }, onMenu }) {
  const [count, detail] = [h("strong", {}), h("span", { class: "quiet" })];
  const { choices = [] } = fields["network.hidden.activation"];
  const element = h(
    "button",
    {
      type: "button",
      class: "column-head is-short",
      "aria-haspopup": "dialog",
      title: t("More about this layer"),
      on: { click: () => onMenu(element) },
    },
    count,
    detail,
  );
  return {
    element,
    /** @param {LabDocument} document */
    show({ network: { hidden } }) {
      const { units, activation } = hidden[index];
      const label = choices.find(({ name }) => name === activation)?.label ?? activation;
      setText(count, formatCount(units));
      setText(detail, label);
      const name = t("Hidden layer {number}", { number: index + 1 });
      element.ariaLabel = `${name}: ${units} ${label}`;
    },
  };
}

/** @param {{catalog: Catalog, changeNetwork: ChangeNetwork, isCompact: boolean}} options */
export function createScoresHead({ catalog: { fields }, changeNetwork, isCompact }) {
  const [name, count] = [h("strong", {}), h("span", { class: "quiet" })];
  /** @type {LabDocument|null} */
  let shown = null;
  const spec = fields["network.loss"];
  const loss = createChoiceField(spec, {
    onInput: (chosen) => changeNetwork(() => ({ loss: chosen })),
    label: t("Loss function"),
    bare: true,
    allow: (choice) =>
      !shown || (choicesForTask([choice], shown.task).length > 0 && !(choice.one_score && shown.classes > 2)),
  });
  const parts = isCompact ? [name, count] : [name, count, loss.element];
  return {
    element: h("div", { class: "column-head" }, ...parts),
    /** @param {LabDocument} document */
    show(document) {
      shown = document;
      const isClasses = document.task === "classification";
      setText(name, isClasses ? t("Scores") : t("Output"));
      const outputs = outputCount(document, spec.choices);
      setText(
        count,
        isClasses ? tn("1 class", "{count} classes", document.classes) : tn("1 value", "{count} values", outputs),
      );
      loss.show(document.network.loss);
    },
  };
}
