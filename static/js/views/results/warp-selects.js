// Menus for the layer and the two units as which the plane is seen.

import { t } from "../../core/messages.js";
import { h, uniqueId } from "../dom.js";
import { shortUnitName } from "../network/unit-names.js";

/** @typedef {import("./warp-view.js").Axes} Axes */
/** @typedef {import("./warp-view.js").WarpState} WarpState */

/** @param {(axes: Axes) => void} onChoose */
export function createWarpSelects(onChoose) {
  /** @type {Axes|null} */
  let shown = null;
  let builtFor = "";
  const choose = () => {
    const layer = Number(layerSelect.value);
    const isSame = layer === shown?.layer;
    onChoose({ layer, units: isSame ? [Number(first.value), Number(second.value)] : [0, 1] });
  };
  const select = (/** @type {string} */ name) => {
    const id = uniqueId("warp");
    const element = h("select", { id, class: "select", on: { change: choose } });
    return { element, field: h("div", { class: "warp-choice" }, h("label", { for: id }, name), element) };
  };
  const [layers, right, up] = [select(t("Layer")), select(t("→ to the right")), select(t("↑ upwards"))];
  const [layerSelect, first, second] = [layers.element, right.element, up.element];

  /** @param {WarpState} state @param {Axes} axes */
  const build = ({ document, counts }, axes) => {
    const outputs = counts[counts.length - 1];
    const layerName = (/** @type {number} */ layer) =>
      layer === counts.length - 1 ? t("Scores") : t("Hidden {number}", { number: layer });
    layerSelect.replaceChildren(
      ...counts.flatMap((count, layer) =>
        layer > 0 && count > 1 ? [h("option", { value: layer }, layerName(layer))] : [],
      ),
    );
    for (const unitSelect of [first, second]) {
      unitSelect.replaceChildren(
        ...Array.from({ length: counts[axes.layer] }, (_, unit) =>
          h("option", { value: unit }, shortUnitName(document, axes.layer, unit, outputs)),
        ),
      );
    }
  };

  return {
    element: h("div", { class: "warp-choices" }, layers.field, right.field, up.field),
    /** @param {WarpState} state @param {Axes} axes */
    show(state, axes) {
      shown = axes;
      const key = JSON.stringify([state.counts, axes.layer, state.document.class_names]);
      if (key !== builtFor) build(state, axes);
      builtFor = key;
      layerSelect.value = String(axes.layer);
      [first.value, second.value] = axes.units.map(String);
    },
  };
}
