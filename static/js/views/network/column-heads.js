// The heads of the diagram's columns: what a layer is called, how many units it has, its activation; the inputs' and the
// scores' counts and the loss. Many columns have a button in place of the controls, which opens the layer's menu.

import { t } from "../../core/messages.js";
import { withLayerAfter } from "../../core/layer-changes.js";
import { h } from "../dom.js";
import { lazy } from "../lazy.js";
import { createHiddenHead, createInputsHead, createScoresHead, createShortHead } from "./column-head.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Network} Network */
/** @typedef {import("../../core/diagram-layout.js").Layout} Layout */
/** @typedef {{catalog: import("../../core/types.js").Catalog, changeNetwork: (change: (network: Network) => Partial<Network>) => void}} Options */

/** The button that adds a layer stands beside the columns' names, so far down. */
const ADD_TOP_CSS = 4;

/** A short head is so wide where there is room. */
const SHORT_HEAD_CSS = 56;

/** @param {HTMLElement} element @param {Options} options */
export function createColumnHeads(element, options) {
  const { catalog, changeNetwork } = options;
  /** @type {{element: HTMLElement, show: (document: LabDocument) => void}[]} */
  let heads = [];
  let builtKey = "";
  /** @type {LabDocument|null} */
  let shown = null;
  let placedKey = "";
  const add = h(
    "button",
    { type: "button", class: "add-layer", "aria-label": t("Add a hidden layer"), title: t("Add a hidden layer") },
    "+",
  );
  const addLayer = () =>
    changeNetwork((network) => withLayerAfter(network, network.hidden.length, catalog.defaults.network.hidden[0]));
  add.addEventListener("click", addLayer);
  element.append(add);
  const menu = createMenu(options);

  /** @param {number} layers hidden ones @param {boolean} isCompact */
  const build = (layers, isCompact) => {
    const hidden = Array.from({ length: layers }, (_, index) => {
      const onMenu = (/** @type {HTMLElement} */ anchor) => shown && menu.open(index + 1, anchor, shown);
      return isCompact
        ? createShortHead(index, { ...options, onMenu })
        : createHiddenHead(index, { ...options, onMenu });
    });
    const focused = heads.findIndex((head) => head.element.contains(document.activeElement));
    heads.forEach((old) => old.element.remove());
    heads = [createInputsHead(catalog), ...hidden, createScoresHead({ ...options, isCompact })];
    add.before(...heads.map((head) => head.element));
    if (focused >= 0) focusOn(heads[Math.min(focused, layers)].element);
  };

  return {
    /** @param {LabDocument} document @param {Layout} layout @param {boolean} canEdit */
    show(document, layout, canEdit) {
      const { hidden } = document.network;
      const key = `${hidden.length} ${layout.isCompact}`;
      if (key !== builtKey) build(hidden.length, layout.isCompact);
      if (key !== builtKey || document !== shown) heads.forEach((head) => head.show(document));
      [builtKey, shown] = [key, document];
      const places = `${key} ${layout.columns.map(({ middle }) => middle)}`;
      if (places !== placedKey) place(heads, add, layout);
      placedKey = places;
      element.style.setProperty("--spacing", `${layout.spacing}px`);
      element.classList.toggle("is-narrow", layout.spacing < SHORT_HEAD_CSS);
      const canAdd = canEdit && hidden.length < (catalog.fields["network.hidden"].max_items ?? 0);
      add.hidden = layout.isCompact || !canAdd;
      element.classList.toggle("is-watching", !canEdit);
      menu.show(document);
    },
    destroy() {
      add.removeEventListener("click", addLayer);
      menu.destroy();
      for (const head of heads) head.element.remove();
      add.remove();
    },
  };
}

/** Whoever was at a head that is gone goes on at the one in its place. @param {HTMLElement} head */
function focusOn(head) {
  /** @type {HTMLElement|null} */ (head.querySelector("button:enabled, select:enabled"))?.focus();
}

/** The button that adds a layer stands half way between the last two names. @param {{element: HTMLElement}[]} heads @param {HTMLElement} add @param {Layout} layout */
function place(heads, add, { columns }) {
  heads.forEach(({ element }, index) => (element.style.left = `${columns[index].middle}px`));
  const [before, last] = heads.slice(-2).map(({ element }) => (element.firstElementChild?.clientWidth ?? 0) / 2);
  const [from, to] = columns.slice(-2).map(({ middle }) => middle);
  add.style.left = `${(from + before + to - last) / 2}px`;
  add.style.top = `${ADD_TOP_CSS}px`;
}

/** The menu of a layer; its code is fetched with the first one. @param {Options} options */
function createMenu({ catalog, changeNetwork }) {
  const menu = lazy(async () => {
    const { createLayerMenu } = await import("./layer-menu.js");
    return createLayerMenu(document.body, { catalog, onNetwork: changeNetwork });
  });
  return {
    /** @param {number} layer @param {HTMLElement} anchor @param {LabDocument} now */
    open: async (layer, anchor, now) => (await menu.want()).open(layer, anchor, now),
    /** @param {LabDocument} now */
    show: (now) => menu.now()?.show(now),
    destroy: () => menu.now()?.destroy(),
  };
}
