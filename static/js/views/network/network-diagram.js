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
/** @typedef {import("./board.js").Board} Board */
/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, inside: import("../../core/types.js").Inside,
 *   inputMaps: Record<string, import("../../core/types.js").UnitMap>, scale: Uint32Array, colours: import("../../draw/diagram.js").DiagramColours,
 *   canEdit: boolean, pinned: {layer: number, unit: number}|null, axesInSight: {layer: number, units: [number, number]}|null}} DiagramState
 */

/**
 * What is shown now; `document`: that the units were built for; `looked`: the unit that the hand or the focus is on.
 * @typedef {{state: DiagramState|null, layout: import("../../core/diagram-layout.js").Layout|null, looked: Tile|null,
 *   document: LabDocument|null}} Now
 */
/**
 * @typedef {{onLook: (tile: Tile|null) => void, onPin: (tile: Tile) => void, onEditWeight: (link: Link) => void,
 *   onEditBias: (tile: Tile) => void, onInput: (name: string) => void}} Wishes onInput: to be switched on or off
 */

/** @param {Board} board @param {Wishes} wishes */
export function createNetworkDiagram(board, wishes) {
  const { sheet } = board;
  /** @type {Now} */
  const now = { state: null, layout: null, looked: null, document: null };
  const draw = () => drawNow();
  const drawSoon = latestPerFrame(draw);
  const painter = createDiagramPainter(sheet);
  const look = (/** @type {Tile|null} */ tile) => {
    now.looked = tile;
    wishes.onLook(tile);
    drawSoon(undefined);
  };
  const units = createDiagramUnits(sheet, { onLook: look, onExpand: board.expand });
  const links = listenToLinks(sheet, {
    links: painter.links,
    layout: () => now.layout,
    unitAt: units.at,
    onPress: createPress(board, now, { ...wishes, onLook: look }),
    onEditWeight: wishes.onEditWeight,
    onEditBias: wishes.onEditBias,
    onHover: draw,
  });
  const flow = createFlow(sheet, now, painter);
  const isOnScreen = watchOnScreen(board.element, draw);
  const drawNow = createDrawing(board, now, { painter, units, links, isOnScreen });
  board.onResize(draw);

  return {
    /** @param {DiagramState} newState */
    show(newState) {
      now.state = newState;
      draw();
    },
    /** Let an update flow through the network, in slow motion. @param {import("../../core/phases.js").Walk|null} walk */
    showWalk(walk) {
      flow.show(walk);
      if (walk) flow.want();
    },
    destroy() {
      for (const part of [units, links, painter, flow, isOnScreen]) part.destroy();
      board.onResize(() => {});
    },
  };
}

/**
 * @param {Board} board
 * @param {Now} now
 * @param {{painter: ReturnType<typeof createDiagramPainter>, units: ReturnType<typeof createDiagramUnits>,
 *   links: ReturnType<typeof listenToLinks>, isOnScreen: () => boolean}} parts
 */
function createDrawing(board, now, { painter, units, links, isOnScreen }) {
  /** @param {LabDocument} document */
  const useLayout = (document) => {
    const layout = board.layoutOf(document);
    if (layout !== now.layout || !haveSameUnits(document, now.document)) {
      Object.assign(now, { layout, document, looked: tileAt(layout, now.looked) });
      links.forget();
      units.build(layout, { ...namesOf(document, board), expanded: board.expanded() });
    }
    return layout;
  };
  return () => {
    const { state } = now;
    if (!state || !board.element.clientWidth) return;
    const layout = useLayout(state.document);
    if (!isOnScreen()) return;
    const pinned = tileAt(layout, state.pinned);
    const { looked } = now;
    const slots = board.slotsOf(state.document);
    painter.draw(state, layout, { looked, focus: looked ?? pinned, link: links.hovered(), slots });
    units.mark(pinned);
  };
}

/** A press: an input is switched, and looked at no more, as its number is another's then; every other unit is chosen. @param {Board} board @param {Now} now @param {Wishes} wishes */
function createPress(board, now, { onInput, onLook, onPin }) {
  return (/** @type {import("./diagram-units.js").Unit} */ { place, slot }) => {
    if (!now.state) return;
    if (slot !== null && now.state.canEdit) {
      onInput(board.slotsOf(now.state.document)[slot].name);
      onLook(null);
    } else if ("unit" in place) onPin(place);
  };
}

/** An update on its way through the diagram; fetched with the first one. @param {HTMLElement} sheet @param {Now} now @param {ReturnType<typeof createDiagramPainter>} painter */
function createFlow(sheet, now, painter) {
  return lazyView(async () => {
    const { createDiagramFlow } = await import("./diagram-flow.js");
    return createDiagramFlow(sheet, () => {
      const { state, layout } = now;
      return state && layout ? { layout, links: painter.links(), colours: state.colours } : null;
    });
  });
}

/** @param {import("../../core/diagram-layout.js").Layout} layout @param {{layer: number, unit: number}|null} place @returns {Tile|null} */
function tileAt({ at }, place) {
  return (place && at.get(keyOf(place.layer, place.unit))) ?? null;
}

/** Are their units called alike? @param {LabDocument} document @param {LabDocument|null} before */
const haveSameUnits = (document, before) =>
  /** @type {const} */ (["network", "task", "classes", "class_names", "points"]).every(
    (key) => document[key] === before?.[key],
  );

/** What the tiles are called. @param {LabDocument} document @param {Board} board */
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
