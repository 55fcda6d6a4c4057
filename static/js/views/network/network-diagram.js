// The network as a picture: every unit with its own live map, links by weight, biases as small marks. Looking at a unit,
// choosing one and asking to change a weight or bias are handed to the callbacks. Where everything lies, the board says.

import { inputSign } from "../../core/activations.js";
import { keyOf } from "../../core/diagram-layout.js";
import { t } from "../../core/messages.js";
import { latestPerFrame } from "../../core/pacing.js";
import { createDiagramPainter } from "./diagram-painter.js";
import { listenToLinks } from "./diagram-pointer.js";
import { createDiagramUnits } from "./diagram-units.js";
import { lazyView } from "../lazy.js";
import { watchOnScreen } from "../on-screen.js";
import { unitName } from "./unit-names.js";

/** @typedef {import("../../core/diagram-layout.js").Tile} Tile */
/** @typedef {import("../../core/diagram-links.js").Link} Link */
/** @typedef {import("./network-card.js").Board} Board */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, inside: import("../../core/types.js").Inside,
 *   inputMaps: Record<string, import("../../core/types.js").UnitMap>, scale: Uint32Array, colours: import("../../draw/diagram.js").DiagramColours,
 *   canEdit: boolean, pinned: {layer: number, unit: number}|null, axes: {layer: number, units: [number, number]}|null}} DiagramState
 */

/**
 * @param {Board} board
 * @param {{onLook: (tile: Tile|null) => void, onPin: (tile: Tile) => void, onEditWeight: (link: Link) => void,
 *   onEditBias: (tile: Tile) => void, onInput: (name: string) => void}} options onInput: to be switched on or off
 */
export function createNetworkDiagram(board, { onLook, onPin, onEditWeight, onEditBias, onInput }) {
  const { sheet } = board;
  const painter = createDiagramPainter(sheet);
  /** @type {DiagramState|null} */
  let state = null;
  /** @type {import("../../core/diagram-layout.js").Layout|null} */
  let layout = null;
  /** @type {Tile|null} */
  let looked = null;
  /** @type {import("../../core/types.js").Network|null} */
  let built = null;

  const units = createDiagramUnits(sheet, {
    onLook(tile) {
      looked = tile;
      onLook(tile);
      drawSoon(undefined);
    },
    onExpand: board.expand,
  });

  /** @param {DiagramState} now */
  const useLayout = (now) => {
    const wanted = board.layoutOf(now.document);
    if (wanted === layout && built === now.document.network) return;
    [layout, built, looked] = [wanted, now.document.network, null];
    links.forget();
    units.build(layout, { ...namesOf(now.document, board), expanded: board.expanded() });
  };

  const draw = () => {
    if (!state || !board.element.clientWidth) return;
    useLayout(state);
    if (!layout || !isOnScreen()) return;
    const pinned = tileAt(layout, state.pinned);
    painter.draw(state, layout, {
      looked,
      focus: looked ?? pinned,
      link: links.hovered(),
      slots: board.slotsOf(state.document),
    });
    units.mark(pinned);
  };
  const drawSoon = latestPerFrame(draw);

  /** An input is switched, every other unit is chosen. @param {Tile|null} tile @param {string} slot */
  const press = (tile, slot) => {
    if (!state) return;
    const isInput = slot !== "" && state.canEdit;
    if (isInput) onInput(board.slotsOf(state.document)[Number(slot)].name);
    else if (tile) onPin(tile);
  };
  const links = listenToLinks(sheet, {
    links: () => painter.links(),
    layout: () => layout,
    unitAt: units.at,
    onPress: press,
    onEditWeight,
    onEditBias,
    onHover: draw,
  });
  const isOnScreen = watchOnScreen(board.element, draw);
  board.onResize(draw);
  const flow = lazyView(async () => {
    const { createDiagramFlow } = await import("./diagram-flow.js");
    return createDiagramFlow(sheet, () =>
      state && layout ? { layout, links: painter.links(), colours: state.colours } : null,
    );
  });

  return {
    /** @param {DiagramState} newState */
    show(newState) {
      state = newState;
      draw();
    },
    /** Let an update flow through the network, in slow motion. @param {import("../../core/phases.js").Walk|null} walk */
    showWalk(walk) {
      flow.show(walk);
      if (walk) flow.want();
    },
    destroy() {
      for (const part of [units, links, painter]) part.destroy();
      isOnScreen.destroy();
      board.onResize(() => {});
      flow.destroy();
    },
  };
}

/** @param {import("../../core/diagram-layout.js").Layout} layout @param {{layer: number, unit: number}|null} place @returns {Tile|null} */
function tileAt({ at }, place) {
  return (place && at.get(keyOf(place.layer, place.unit))) ?? null;
}

/** What the tiles are called. @param {import("../../core/types.js").LabDocument} document @param {Board} board */
function namesOf(document, board) {
  const slots = board.slotsOf(document);
  const { tiles } = board.layoutOf(document);
  const outputs = tiles.filter(({ layer }) => layer === document.network.hidden.length + 1).length;
  return {
    slots,
    nameOf: (/** @type {Tile} */ { layer, unit }) => unitName(document, layer, unit, outputs),
    spareName: (/** @type {number} */ slot) => t("Input {input}", { input: inputSign(slots[slot].name) }),
  };
}
