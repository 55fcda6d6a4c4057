// The network's shape: inputs, hidden layers with units and activation, its name and the arithmetic of its parameters.

import { inputFits } from "../core/fitting.js";
import { networkName, outputCount, parameterArithmetic, weightMatrices } from "../core/architecture.js";
import { h, setText } from "./dom.js";
import { helpButton } from "./help.js";
import { createLayerRow } from "./layer-row.js";
import { createStepper } from "./stepper.js";

/** @typedef {import("../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../core/types.js").HiddenLayer} HiddenLayer */

/**
 * @param {HTMLElement} element
 * @param {{catalog: import("../core/types.js").Catalog, setField: (path: string, value: any) => void}} options
 */
export function createNetworkPanel(element, { catalog, setField }) {
  const { fields, defaults } = catalog;
  /** @type {HiddenLayer[]} */
  let hidden = [];
  /** @type {ReturnType<typeof createLayerRow>[]} */
  let rows = [];

  /** @param {HiddenLayer[]} layers */
  const setHidden = (layers) => setField("network.hidden", layers);

  /** @param {number} count one more is a copy of the last, or of the default when there is none */
  const setCount = (count) => {
    const next = hidden.at(-1) ?? defaults.network.hidden[0];
    setHidden(count > hidden.length ? [...hidden, { ...next }] : hidden.slice(0, count));
  };

  const inputs = createInputToggles(fields["network.inputs"], (names) => setField("network.inputs", names));
  const stepper = createStepper(fields["network.hidden"], {
    onInput: setCount,
    range: [0, fields["network.hidden"].max_items ?? 0],
  });
  const list = h("ol", { class: "layers" });
  const summary = h("p", { class: "network-name" });
  const arithmetic = h("p", { class: "arithmetic" });
  element.append(inputs.element, stepper.element, list, h("div", { class: "size" }, summary, arithmetic));

  /** @param {number} index */
  const createRow = (index) =>
    createLayerRow(index, {
      fields,
      onChange: (changes) => setHidden(hidden.map((layer, i) => (i === index ? { ...layer, ...changes } : layer))),
      onRemove: () => setHidden(hidden.filter((_, i) => i !== index)),
    });

  /** @param {number} count */
  const useRows = (count) => {
    while (rows.length > count) rows.pop()?.element.remove();
    while (rows.length < count) {
      const row = createRow(rows.length);
      rows.push(row);
      list.append(row.element);
    }
  };

  return {
    /** @param {LabDocument} document */
    show(document) {
      hidden = document.network.hidden;
      inputs.show(document.network.inputs, document.task);
      stepper.show(hidden.length);
      useRows(hidden.length);
      rows.forEach((row, index) => row.show(hidden[index], document.training.keep_prob));
      const matrices = weightMatrices(document, outputCount(document, fields["network.loss"].choices));
      setText(summary, networkName(matrices));
      setText(arithmetic, parameterArithmetic(matrices).join("\n"));
    },
  };
}

/**
 * Toggles for what the network sees of a point; the last one stays on.
 * @param {import("../core/types.js").FieldSpec} spec
 * @param {(names: string[]) => void} onInput
 */
function createInputToggles(spec, onInput) {
  /** @type {string[]} */
  let shown = [];
  const names = (spec.choices ?? []).map((choice) => choice.name);
  /** @param {string} name */
  const toggle = (name) => onInput(names.filter((other) => (other === name) !== shown.includes(other)));
  const buttons = (spec.choices ?? []).map((choice) => ({
    name: choice.name,
    button: h(
      "button",
      { type: "button", class: "chip", title: choice.help, on: { click: () => toggle(choice.name) } },
      choice.label,
    ),
  }));
  const head = h("div", { class: "field-head" }, h("span", { class: "field-label" }, spec.label), helpButton(spec));
  const group = h(
    "div",
    { class: "chips", role: "group", "aria-label": spec.label },
    ...buttons.map(({ button }) => button),
  );
  return {
    element: h("div", { class: "field" }, head, group),
    /** @param {string[]} inputs @param {string} task */
    show(inputs, task) {
      shown = inputs;
      for (const { name, button } of buttons) {
        const on = inputs.includes(name);
        button.setAttribute("aria-pressed", String(on));
        button.disabled = (on && inputs.length === 1) || !inputFits(name, task);
      }
    },
  };
}
