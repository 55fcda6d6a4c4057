// What can be changed about a layer, in a popover at its column of the diagram: units, activation, dropout, one layer more or
// less. Fetched when a column's heading is pressed first.

import { withLayerAfter, withLayerChanged, withoutLayer } from "../../core/layer-changes.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { placeBeside } from "../help/help.js";
import { createLayerRow } from "./layer-row.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {Partial<import("../../core/types.js").Network>} NetworkPatch */

/**
 * @param {HTMLElement} element that the popover is put into
 * @param {{catalog: import("../../core/types.js").Catalog, onNetwork: (change: (network: import("../../core/types.js").Network) => NetworkPatch) => void}} options
 *   onNetwork: a change of the network as it is by then; what the menu shows may be a moment older
 */
export function createLayerMenu(element, { catalog: { fields, defaults }, onNetwork: change }) {
  const menu = h("div", { class: "popover layer-menu", popover: "auto", role: "dialog" });
  element.append(menu);
  const mostLayers = fields["network.hidden"].max_items ?? 0;
  const mostUnits = fields["network.hidden.units"].maximum ?? 0;
  /** @type {LabDocument|null} */
  let document = null;
  /** @type {(() => void)|null} */
  let draw = null;

  /** @param {string} text @param {string} name @param {() => void} click */
  const button = (text, name, click) =>
    h("button", { type: "button", class: "button small", "aria-label": name, on: { click } }, text);

  /** @param {number} layer 0 for the inputs */
  const build = (layer) => {
    const more = button(t("Add a layer after it"), t("Add a layer after it"), () => {
      menu.hidePopover();
      change((network) => withLayerAfter(network, layer, defaults.network.hidden[0]));
    });
    const title = layer === 0 ? t("Inputs") : t("Hidden layer {number}", { number: layer });
    menu.setAttribute("aria-label", title);
    const parts = layer > 0 ? createUnitParts(layer - 1) : { buttons: [], elements: [], show: () => {} };
    menu.replaceChildren(
      h("div", { class: "layer-head" }, h("h3", {}, title), ...parts.buttons),
      ...parts.elements,
      more,
    );
    draw = () => {
      if (!document) return;
      const {
        network: { hidden },
        training,
      } = document;
      if (layer > hidden.length) return menu.hidePopover();
      more.disabled = hidden.length >= mostLayers;
      if (layer > 0) parts.show(hidden[layer - 1], training.keep_prob);
    };
    draw();
  };

  /** @param {number} index of the hidden layer, from 0 */
  const createUnitParts = (index) => {
    const add = (/** @type {number} */ units) =>
      change((network) => withLayerChanged(network, index, { units: network.hidden[index].units + units }));
    const [fewer, more] = [
      button("−", t("One unit less"), () => add(-1)),
      button("+", t("One unit more"), () => add(1)),
    ];
    const row = createLayerRow(index, {
      fields,
      isAlone: true,
      onChange: (changes) => change((network) => withLayerChanged(network, index, changes)),
      onRemove() {
        menu.hidePopover();
        change((network) => withoutLayer(network, index));
      },
    });
    return {
      buttons: [fewer, more],
      elements: [h("ol", { class: "layers" }, row.element)],
      /** @param {import("../../core/types.js").HiddenLayer} layer @param {number} commonKeep */
      show(layer, commonKeep) {
        fewer.disabled = layer.units <= 1;
        more.disabled = layer.units >= mostUnits;
        row.show(layer, commonKeep);
      },
    };
  };

  return {
    /** @param {number} layer 0 for the inputs @param {HTMLElement} anchor @param {LabDocument} now */
    open(layer, anchor, now) {
      document = now;
      build(layer);
      menu.showPopover();
      placeBeside(menu, anchor);
    },
    /** @param {LabDocument} now */
    show(now) {
      document = now;
      if (menu.matches(":popover-open")) draw?.();
    },
    destroy: () => menu.remove(),
  };
}
