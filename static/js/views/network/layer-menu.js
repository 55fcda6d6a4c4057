// What can be changed about a layer, in a popover at its column of the diagram: units, activation, dropout, one layer more or
// less. Fetched when a column's heading is pressed first.

import { withLayerAfter, withLayerChanged, withoutLayer } from "../../core/layer-changes.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { placeBeside } from "../help/help.js";
import { createLayerRow } from "./layer-row.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {Partial<import("../../core/types.js").Network>} NetworkPatch */

/** @typedef {(change: (network: import("../../core/types.js").Network) => NetworkPatch) => void} ChangeNetwork */
/** @typedef {{catalog: import("../../core/types.js").Catalog, onNetwork: ChangeNetwork}} Options onNetwork: a change of the network as it is by then; what the menu shows may be a moment older */
/** What stands in the menu, and how it follows the document. @typedef {{buttons: HTMLElement[], elements: HTMLElement[], show: (document: LabDocument) => void}} Content */

/** @param {HTMLElement} element that the popover is put into @param {Options} options */
export function createLayerMenu(element, options) {
  const menu = h("div", { class: "popover layer-menu", popover: "auto", role: "dialog" });
  element.append(menu);
  const hide = () => menu.hidePopover();
  /** @type {(document: LabDocument) => void} */
  let showContent = () => {};

  /** @param {number} layer 0 for the inputs */
  const build = (layer) => {
    const title = layer === 0 ? t("Inputs") : t("Hidden layer {number}", { number: layer });
    const units = layer > 0 ? createUnitParts(layer - 1, options, hide) : NOTHING;
    const more = createMore(layer, options, hide);
    menu.setAttribute("aria-label", title);
    menu.replaceChildren(
      h("div", { class: "layer-head" }, h("h3", {}, title), ...units.buttons),
      ...units.elements,
      ...more.buttons,
    );
    showContent = (document) => {
      if (layer > document.network.hidden.length) return hide();
      for (const part of [more, units]) part.show(document);
    };
  };

  return {
    /** @param {number} layer 0 for the inputs @param {HTMLElement} anchor @param {LabDocument} now */
    open(layer, anchor, now) {
      build(layer);
      showContent(now);
      menu.showPopover();
      placeBeside(menu, anchor);
    },
    /** @param {LabDocument} now */
    show(now) {
      if (menu.matches(":popover-open")) showContent(now);
    },
    destroy: () => menu.remove(),
  };
}

/** Inputs have no units to set. @type {Content} */
const NOTHING = { buttons: [], elements: [], show: () => {} };

/** @param {string} text @param {string} name @param {() => void} click */
const button = (text, name, click) =>
  h("button", { type: "button", class: "button small", "aria-label": name, on: { click } }, text);

/** The button that adds a layer after this one. @param {number} layer 0 for the inputs @param {Options} options @param {() => void} hide @returns {Content} */
function createMore(layer, { catalog: { fields, defaults }, onNetwork }, hide) {
  const name = t("Add a layer after it");
  const more = button(name, name, () => {
    hide();
    onNetwork((network) => withLayerAfter(network, layer, defaults.network.hidden[0]));
  });
  const most = fields["network.hidden"].max_items ?? 0;
  return { buttons: [more], elements: [], show: ({ network }) => void (more.disabled = network.hidden.length >= most) };
}

/** A hidden layer's own settings. @param {number} index from 0 @param {Options} options @param {() => void} hide @returns {Content} */
function createUnitParts(index, { catalog: { fields }, onNetwork }, hide) {
  const add = (/** @type {number} */ units) =>
    onNetwork((network) => withLayerChanged(network, index, { units: network.hidden[index].units + units }));
  const fewer = button("−", t("One unit less"), () => add(-1));
  const more = button("+", t("One unit more"), () => add(1));
  const most = fields["network.hidden.units"].maximum ?? 0;
  const row = createLayerRow(index, {
    fields,
    isAlone: true,
    onChange: (changes) => onNetwork((network) => withLayerChanged(network, index, changes)),
    onRemove() {
      hide();
      onNetwork((network) => withoutLayer(network, index));
    },
  });
  return {
    buttons: [fewer, more],
    elements: [h("ol", { class: "layers" }, row.element)],
    show({ network: { hidden }, training }) {
      fewer.disabled = hidden[index].units <= 1;
      more.disabled = hidden[index].units >= most;
      row.show(hidden[index], training.keep_prob);
    },
  };
}
