// The network card: its head, the columns' heads and feet, and the sheet under them that the diagram is drawn on. Column heads
// follow the document at once; the diagram follows when a frame of the new network has come.

import { createBoard } from "./board.js";
import { createCardHead } from "./card-head.js";
import { createColumnFeet } from "./column-feet.js";
import { createColumnHeads } from "./column-heads.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Network} Network */
/**
 * @typedef {{card: HTMLElement, layerCount: HTMLElement, size: HTMLButtonElement, diagram: HTMLElement, sheet: HTMLElement,
 *   heads: HTMLElement, feet: HTMLElement}} Places
 */

/**
 * @param {Places} places
 * @param {{catalog: import("../../core/types.js").Catalog, openHealth: () => void, weightRule: import("./size-panel.js").WeightRule,
 *   changeNetwork: (change: (network: Network) => Partial<Network>) => void}} options
 */
export function createNetworkCard(places, options) {
  const head = createCardHead(places, options);
  const heads = createColumnHeads(places.heads, options);
  const feet = createColumnFeet(places.feet, { onPress: options.openHealth });
  /** @type {Parameters<typeof show>[0]|null} */
  let state = null;
  const board = createBoard(places, options.catalog, () => state && show(state));

  /** @param {{document: LabDocument, snapshot: import("../../core/types.js").Snapshot, canEdit: boolean}} newState */
  function show(newState) {
    state = newState;
    const { document, snapshot, canEdit } = state;
    const layout = board.layoutOf(document);
    places.sheet.style.setProperty("--sheet-width", String(layout.width));
    places.sheet.style.setProperty("--sheet-height", String(layout.height));
    head.show(document);
    heads.show(document, layout, canEdit);
    feet.show(snapshot.layers ?? [], document.network, layout);
  }

  return {
    board,
    show,
    destroy() {
      board.destroy();
      for (const part of [head, heads, feet]) part.destroy();
    },
  };
}
