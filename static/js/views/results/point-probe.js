// One point on its way through the network, number by number: inputs, each layer's sums and activations with the matrix shapes,
// class scores, probabilities and, for a point of the data, its loss.

import { formatCoordinate, formatProbability } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { formatNumber } from "../../core/numbers.js";
import { piecesOf } from "../../core/layer-parts.js";
import { predictedLabel, probabilities, trace } from "../../core/probe.js";
import { activationLine, lossLine, shapesOf, sumLine } from "../../core/probe-lines.js";
import { classMark, className } from "../plane/class-mark.js";
import { h, setText } from "../dom.js";
import { watchOnScreen } from "../on-screen.js";
import { createProbeLayer } from "./probe-layer.js";
import { shortUnitName } from "../network/unit-names.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").LayerWeights} LayerWeights */
/** @typedef {{x: number, y: number, point: import("../../core/types.js").Point|null}} Place */
/**
 * @typedef {{document: LabDocument, weights: LayerWeights[], place: Place,
 *   looked: {layer: number, unit: number}|null}} ProbeState
 */

/** @param {HTMLElement} element @param {{activationLabel: (name: string) => string}} options */
export function createPointProbe(element, { activationLabel }) {
  const where = h("p", { class: "probe-where" });
  const hint = h(
    "p",
    { class: "quiet" },
    t("Move the pointer over the plane, walk there with the arrow keys, or select a point."),
  );
  const outcome = createOutcome();
  const flow = h("ol", { class: "probe-flow" });
  element.append(
    h("div", { class: "probe-head" }, where, hint),
    h("div", { class: "probe-scroll", tabindex: 0, role: "group", "aria-label": t("Layer by layer") }, flow),
    outcome.element,
  );
  /** @type {ReturnType<typeof createProbeLayer>[]} */
  const layers = [];
  /** @type {ProbeState|null} */
  let state = null;

  const draw = () => {
    if (!state || !isOnScreen()) return;
    const { document, weights, place } = state;
    const traces = trace(document, weights, place.x, place.y);
    showWhere(where, place, document);
    useLayers(traces.length);
    const now = state;
    const outputs = traces[traces.length - 1].h.length;
    traces.forEach((layer, index) => layers[index].show(layerText(now, layer, { index, outputs, activationLabel })));
    outcome.show(document, traces[traces.length - 1].h, place);
  };
  const isOnScreen = watchOnScreen(element, draw);

  /** @param {number} count */
  const useLayers = (count) => {
    while (layers.length > count) layers.pop()?.element.remove();
    while (layers.length < count) {
      layers.push(createProbeLayer());
      flow.append(layers[layers.length - 1].element);
    }
  };

  return {
    /** @param {ProbeState} newState */
    show(newState) {
      state = newState;
      draw();
    },
    destroy() {
      isOnScreen.destroy();
      element.replaceChildren();
    },
  };
}

/**
 * A layer's part in words and numbers.
 * @param {ProbeState} now
 * @param {import("../../core/probe.js").LayerTrace} layer
 * @param {{index: number, outputs: number, activationLabel: (name: string) => string}} place
 */
function layerText({ document, weights, looked }, layer, { index, outputs, activationLabel }) {
  const isOutput = index === weights.length - 1;
  const unit = looked?.layer === index + 1 && looked.unit < layer.h.length ? looked.unit : 0;
  const incoming = piecesOf(weights[index])[layer.piece[unit]].weights.map((row) => row[unit]);
  const scores = document.task === "classification" ? t("Class scores") : t("Output");
  const shapes = shapesOf(layer);
  return {
    title: isOutput ? scores : t("Hidden layer {number}", { number: index + 1 }),
    formula:
      isOutput || layer.pieces > 1
        ? shapes
        : t("{activation} of {sum}", { activation: activationLabel(layer.activation), sum: shapes }),
    names: layer.h.map((_, i) => shortUnitName(document, index + 1, i, outputs)),
    trace: layer,
    unit,
    isOutput,
    inputs: index === 0 ? document.network.inputs.length : 0,
    lines: [sumLine(layer, unit, incoming), activationLine(layer, unit)],
  };
}

/** @param {HTMLElement} element @param {Place} place @param {LabDocument} document */
function showWhere(element, { x, y, point }, { task, class_names }) {
  const name = (/** @type {number} */ label) => (task === "classification" ? `${className(label, class_names)}, ` : "");
  const use = point?.held_out ? t("test point") : t("training point");
  const kind = point ? `${name(point.label)}${use}` : t("a place without a point");
  setText(element, `x = ${formatCoordinate(x)}, y = ${formatCoordinate(y)}: ${kind}`);
}

/** The prediction in words. @param {number} label @param {Place["point"]} point @param {string[]} names of classes */
function verdict(label, point, names) {
  const predicted = className(label, names);
  if (!point) return t("Predicts {predicted}", { predicted });
  if (point.label === label) return t("Predicts {predicted}: right", { predicted });
  return t("Predicts {predicted}: wrong, it is {actual}", { predicted, actual: className(point.label, names) });
}

/** Scores become probabilities and a loss. */
function createOutcome() {
  const bars = h("ul", { class: "probe-bars" });
  const says = h("p", { class: "probe-says" });
  const loss = h("p", { class: "probe-loss" });
  let shown = "";
  /** @type {{value: HTMLElement, bar: HTMLElement}[]} */
  let rows = [];

  /** @param {number} count @param {string[]} [names] of classes */
  const build = (count, names) => {
    rows = Array.from({ length: count }, () => ({
      value: h("span", { class: "number" }),
      bar: h("span", { class: "share-bar", "aria-hidden": true }),
    }));
    bars.replaceChildren(
      ...rows.map(({ value, bar }, label) => {
        bar.append(h("span", { class: `share-fill fill-${label}` }));
        const name = h("span", { class: names?.[label] ? "class-name" : "hidden-text" }, className(label, names));
        return h("li", {}, classMark(label), name, bar, value);
      }),
    );
  };

  return {
    element: h("div", { class: "probe-outcome" }, h("h4", {}, t("What the network says")), bars, says, loss),
    /** @param {LabDocument} document @param {number[]} scores @param {Place} place */
    show({ network, task, class_names }, scores, { point }) {
      const shares = probabilities(network.loss, scores);
      const count = shares?.length ?? 0;
      const wanted = JSON.stringify([count, class_names]);
      if (wanted !== shown) build(count, class_names);
      shown = wanted;
      shares?.forEach((share, label) => {
        setText(rows[label].value, formatProbability(share));
        rows[label].bar.style.setProperty("--share", share.toFixed(3));
      });
      const label = predictedLabel(scores);
      setText(
        says,
        task !== "classification"
          ? t("Output {value}", { value: formatNumber(scores[0]) })
          : verdict(label, point, class_names),
      );
      const target = task === "classification" ? point?.label : task === "curve_fitting" ? point?.y : point?.value;
      setText(
        loss,
        target == null
          ? task === "classification"
            ? t("No loss here: that needs a point with a class.")
            : t("No loss here: that needs a point with a target.")
          : t("Its loss: {line}", { line: lossLine(network.loss, scores, shares, target) }),
      );
    },
  };
}
