// A small playground inside a text: plane, figures, the three buttons of training, and a few settings. Shows what it is given.

import { commonActivation, createActivationField } from "../training-bar/activation-field.js";
import { createField } from "../fields/field.js";
import { createPlanePainter } from "../plane/plane-painter.js";
import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { valueAt } from "../../core/merge-patch.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { watchSize } from "../size.js";

/** @type {number[]} */
const NOBODY = [];
/** Units of all hidden layers at once, and their activation: fields of a list, which a change writes as a whole. */
const UNITS = "units";
const ACTIVATION = "network.hidden.activation";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Snapshot} Snapshot */
/**
 * @typedef {{document: LabDocument, snapshot: Snapshot, regions: import("../../core/types.js").Regions|null,
 *   curves: import("../../core/types.js").UnitCurves|null, colours: import("../header/theme.js").Colours, address: string}} LiveState
 */
/** @typedef {{command: (name: string, body?: object) => void, setField: (path: string, value: any) => void}} LiveActions */

/**
 * @param {HTMLElement} element
 * @param {{catalog: import("../../core/types.js").Catalog, controls: string[]} & LiveActions} options
 */
export function createLiveView(element, { catalog, controls, command, setField }) {
  const below = h("canvas", { class: "regions", "aria-hidden": true });
  const above = h("canvas", { class: "points", role: "img", "aria-label": t("The plane with its points") });
  const plane = h("div", { class: "live-plane" }, below, above);
  const size = watchSize(plane, () => painter.redraw());
  const painter = createPlanePainter({ below, above }, size);
  const bar = createTransport(command);
  const figures = createFigures();
  const fields = controls.map((path) => createSetting(path, catalog, setField));
  const link = h("a", { class: "open-live", target: "_blank", rel: "noopener" }, t("Open in the playground"));
  element.replaceChildren(
    plane,
    h(
      "div",
      { class: "live-side" },
      bar.element,
      figures.element,
      h("div", { class: "fields" }, ...fields.map((field) => field.element)),
      link,
    ),
  );
  return {
    /** @param {LiveState} state */
    show({ document, snapshot, regions, curves, colours, address }) {
      painter.show({
        document,
        regions,
        curves,
        colours,
        selectedId: null,
        group: NOBODY,
        cursor: null,
        canEdit: false,
        tool: "point",
      });
      bar.show(snapshot);
      figures.show(document, snapshot);
      for (const field of fields) field.show(document);
      link.href = address;
    },
    destroy() {
      size.destroy();
      element.replaceChildren();
    },
  };
}

/** @param {(name: string, body?: object) => void} command */
function createTransport(command) {
  let isRunning = false;
  const run = h("button", {
    type: "button",
    class: "button small primary",
    on: { click: () => command(isRunning ? "pause" : "run") },
  });
  const step = h(
    "button",
    { type: "button", class: "button small", on: { click: () => command("step", { steps: 1 }) } },
    t("Step"),
  );
  const reset = h(
    "button",
    { type: "button", class: "button small", on: { click: () => command("reset") } },
    t("Reset"),
  );
  return {
    element: h("div", { class: "live-transport", role: "group", "aria-label": t("Training") }, run, step, reset),
    /** @param {Snapshot} snapshot */
    show({ state }) {
      isRunning = state === "running";
      setText(run, isRunning ? t("Pause") : t("Run"));
    },
  };
}

/** Activations whose tails are flat; zeros of a ReLU are nothing to worry about. */
const SQUASHING = ["tanh", "sigmoid"];

/**
 * The figures of a network by name, in their order; null where there is none.
 * @param {LabDocument} document
 * @param {Snapshot} snapshot
 * @returns {Map<string, string|null>}
 */
function figuresOf({ task, network }, { step, loss, accuracy, test_accuracy: test, layers = [] }) {
  const classifies = task === "classification";
  const isSquashing = network.hidden.some(({ activation }) => SQUASHING.includes(activation));
  const share = (/** @type {"dead_fraction"|"saturated_fraction"} */ name) =>
    formatPercent(Math.max(0, ...layers.map((layer) => layer[name] ?? 0)));
  return new Map([
    [t("step"), formatCount(step)],
    [t("Loss"), formatLoss(loss)],
    [t("Accuracy"), classifies ? formatPercent(accuracy) : null],
    [t("Test accuracy"), classifies && test != null ? formatPercent(test) : null],
    [t("Saturated"), isSquashing ? share("saturated_fraction") : null],
    [t("Dead units"), network.hidden.length && !isSquashing ? share("dead_fraction") : null],
  ]);
}

function createFigures() {
  const element = h("dl", { class: "live-figures" });
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  const rowOf = (/** @type {string} */ name) => {
    const row = rows.get(name) ?? h("div", {}, h("dt", {}, name), h("dd", {}));
    if (!rows.has(name)) element.append(row);
    rows.set(name, row);
    return row;
  };
  return {
    element,
    /** @param {LabDocument} document @param {Snapshot} snapshot */
    show(document, snapshot) {
      for (const [name, text] of figuresOf(document, snapshot)) {
        const row = rowOf(name);
        row.hidden = text === null;
        setText(/** @type {HTMLElement} */ (row.lastElementChild), text ?? "");
      }
    },
  };
}

/**
 * A field of the document, or one of all hidden layers.
 * @param {string} path
 * @param {import("../../core/types.js").Catalog} catalog
 * @param {(path: string, value: any) => void} setField
 * @returns {{element: HTMLElement, show: (document: LabDocument) => void}}
 */
function createSetting(path, catalog, setField) {
  if (path === UNITS) {
    const field = createField(catalog.fields["network.hidden.units"], { onInput: (units) => setField(UNITS, units) });
    return { element: field.element, show: ({ network }) => field.show(network.hidden[0]?.units) };
  }
  if (path === ACTIVATION) {
    const onInput = (/** @type {import("../../core/types.js").HiddenLayer[]} */ hidden) =>
      setField(ACTIVATION, commonActivation(hidden));
    const field = createActivationField(catalog.fields[path], { onInput });
    return { element: field.element, show: ({ network }) => field.show(network.hidden) };
  }
  const field = createField(catalog.fields[path], { onInput: (value) => setField(path, value) });
  return { element: field.element, show: (document) => field.show(valueAt(document, path)) };
}
