// The network's shape: inputs, hidden layers with units and activation, its name and the arithmetic of its parameters.

import { inputFits } from "../../core/task-rules.js";
import { t } from "../../core/messages.js";
import { networkName, outputCount, parameterArithmetic, weightMatrices } from "../../core/architecture.js";
import { h, once, setText } from "../dom.js";
import { helpButton } from "../help/help.js";
import { createLayerRow } from "./layer-row.js";
import { createStepper } from "../fields/stepper.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/**
 * @param {HTMLElement} element
 * @param {{catalog: import("../../core/types.js").Catalog, setField: (path: string, value: any) => void}} options
 */
export function createNetworkPanel(element, { catalog, setField }) {
  const { fields, defaults } = catalog;
  /** @type {import("../../core/types.js").Network} */
  let network = defaults.network;
  /** @type {ReturnType<typeof createLayerRow>[]} */
  let rows = [];

  const loadChanges = () => import("../../core/layer-changes.js");
  const addLayer = async () => {
    const { withLayerAfter } = await loadChanges();
    setField("network", withLayerAfter(network, network.hidden.length, defaults.network.hidden[0]));
  };
  const removeLayer = async (/** @type {number} */ index) => {
    const { withoutLayer } = await loadChanges();
    setField("network", withoutLayer(network, index));
  };
  const setCount = (/** @type {number} */ count) => (count > network.hidden.length ? addLayer() : removeLayer(count));

  const inputs = createInputToggles(fields["network.inputs"], (names) => setField("network.inputs", names));
  const stepper = createStepper(fields["network.hidden"], {
    onInput: setCount,
    range: [0, fields["network.hidden"].max_items ?? 0],
  });
  const list = h("ol", { class: "layers" });
  const summary = h("p", { class: "network-name" });
  const arithmetic = h("p", { class: "arithmetic" });
  const skipsFold = createSkipsFold(fields["network.skips"], (links) => setField("network.skips", links));
  element.append(
    inputs.element,
    stepper.element,
    list,
    skipsFold.element,
    h("div", { class: "size" }, summary, arithmetic),
  );

  /** @param {number} index */
  const createRow = (index) =>
    createLayerRow(index, {
      fields,
      onChange: (changes) =>
        setField("network.hidden", network.hidden.with(index, { ...network.hidden[index], ...changes })),
      onRemove: () => removeLayer(index),
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
      network = document.network;
      const { hidden, skips = [] } = network;
      inputs.show(network.inputs, document.task);
      stepper.show(hidden.length);
      useRows(hidden.length);
      rows.forEach((row, index) => row.show(hidden[index], document.training.keep_prob));
      skipsFold.show(skips, hidden.length);
      const matrices = weightMatrices(document, outputCount(document, fields["network.loss"].choices));
      setText(summary, networkName(matrices));
      setText(arithmetic, parameterArithmetic(matrices).join("\n"));
    },
  };
}

/**
 * Skip connections, folded away; how many there are stands outside.
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {(skips: number[][]) => void} onInput
 */
function createSkipsFold(spec, onInput) {
  const count = h("span", { class: "quiet" });
  const body = h("div", {});
  const fold = h("details", { class: "more" }, h("summary", {}, t("Skip connections"), " ", count), body);
  /** @type {ReturnType<typeof import("./skips-field.js").createSkipsField>|null} */
  let field = null;
  /** @type {[number[][], number]} */
  let shown = [[], 0];
  const load = once(async () => {
    const { createSkipsField } = await import("./skips-field.js");
    field = createSkipsField(body, spec, { onInput });
    field.show(...shown);
  });
  fold.addEventListener("toggle", load);
  return {
    element: fold,
    /** @param {number[][]} skips @param {number} hidden */
    show(skips, hidden) {
      shown = [skips, hidden];
      setText(count, skips.length ? String(skips.length) : "");
      field?.show(skips, hidden);
    },
  };
}

/**
 * Toggles for what the network sees of a point; the last one stays on.
 * @param {import("../../core/types.js").FieldSpec} spec
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
