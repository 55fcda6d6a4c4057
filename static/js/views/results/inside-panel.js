// The diagram, and the sheets that tell of one unit, the layers' health, two units, confusion counts, and one point number by
// number. Gives each its part of the state; what one of them changes for the others is kept here.

import { fits, unitCounts } from "../../core/diagram-links.js";
import { withEntries } from "../../core/typed-weights.js";
import { createParts } from "./inside-parts.js";
import { createMapSource } from "./map-source.js";
import { createUnitChoices } from "../network/unit-choices.js";
import { createUnitLook } from "./unit-look.js";
import { watchAnyOnScreen } from "../on-screen.js";

/** @typedef {import("../network/unit-choices.js").UnitPlace} UnitPlace */
/** @typedef {import("../../core/types.js").Inside} Inside */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, snapshot: import("../../core/types.js").Snapshot,
 *   regions: import("../../core/types.js").Regions|null, inside: Inside|null, colours: import("../header/theme.js").Colours,
 *   canEdit: boolean, walk: import("../../core/phases.js").Walk|null, place: import("./point-probe.js").Place}} PanelState
 */
/**
 * @typedef {{board: import("../network/board.js").Board, sheets: import("./inside-places.js").Sheets, inputNames: string[], openResults: (sheet: string) => void, onNetwork: (change: (network: import("../../core/types.js").Network) => Partial<import("../../core/types.js").Network>) => void,
 *   activationLabel: (name: string) => string, onWeight: (entry: import("../../core/changes.js").WeightEntry) => void,
 *   onViews: (views: string) => void, onWantMap: (place: UnitPlace, isOnPlane: boolean) => void, onPreview: (preview: import("../plane/plane-overlay.js").Preview|null) => void}} PanelOptions
 */

/** @typedef {PanelState & {inside: Inside}} FullState */

/** @param {PanelOptions} options */
export function createInsidePanel(options) {
  const { inputNames, openResults, onViews, onNetwork } = options;
  const maps = createMapSource(inputNames);
  const sight = watchAnyOnScreen(viewersOf(options), (isAny) => choices.showTo("sight", isAny));
  const choices = createUnitChoices(onViews, sight());
  const newest = createNewest(options.board);
  const parts = createParts(options, {
    onLook: (tile) => look.at(tile),
    onPin: pin,
    onEdit(place, row, piece) {
      pin(place);
      parts.card.edit(row, piece);
    },
    onInput: (name) => onNetwork((network) => ({ inputs: toggled(inputNames, network.inputs, name) })),
    onTogglePlane: () => look.togglePlane(),
    onCard: () => look.wantMap(),
    onChoose: (axes) => (choices.chooseAxes(axes), showAll()),
    onSight: (isInSight) => (choices.showTo("warp", isInSight), showAll()),
  });
  const look = createUnitLook(options, { ...parts, maps, choices, state: newest.get });

  /** @param {UnitPlace} place */
  function pin(place) {
    const state = newest.get();
    choices.pin(place, state ? countsOf(state)[place.layer] : 0);
    showAll();
    openResults("unit");
  }

  function showAll() {
    const state = newest.get();
    if (!state) return;
    look.wantMap();
    parts.showRest(state, { ...choices.get(), inputMaps: maps.inputs(), scale: maps.scale() });
    look.show();
  }

  return {
    /** @param {PanelState} newState */
    show(newState) {
      const news = newest.take(newState);
      if (!news) return;
      const { state, isNewWalk, isOnlyPlace } = news;
      maps.follow(state);
      if (isNewWalk) parts.diagram.showWalk(state.walk);
      if (isOnlyPlace) return look.showProbe();
      choices.mend(countsOf(state));
      showAll();
    },
    endPreview: look.endPreview,
    /** @param {import("../../core/types.js").FineMap} map */
    showFine: (map) => (maps.keep(map), look.show()),
    destroy: () => [sight, parts].forEach((part) => part.destroy()),
  };
}

/** The parts of the page that show units or weights. @param {PanelOptions} options */
const viewersOf = ({ board, sheets: { unit, health, warp, probe } }) => [board.element, unit, health, warp, probe];

/** The newest state whose frame and document belong together. @param {PanelOptions["board"]} board */
function createNewest(board) {
  /** @type {FullState|null} */
  let state = null;
  /** @type {Inside|null} as the frame brought it, without the weights typed since */
  let framed = null;
  return {
    get: () => state,
    /** Take a state and say what is new in it; null if frame and document do not belong together. @param {PanelState} newState */
    take(newState) {
      const full = fullState(newState, board.outputsOf(newState.document));
      if (!full) return null;
      const isOnlyPlace = framed === newState.inside && state !== null && isSameBut(state, newState);
      const isNewWalk = (state?.walk ?? null) !== newState.walk;
      [framed, state] = [newState.inside, full];
      return { state: full, isOnlyPlace, isNewWalk };
    },
  };
}

/** Units of each column, the inputs first. @param {FullState} now */
const countsOf = ({ document, inside }) => unitCounts(document.network, inside.weights);

/** With the weights typed since; null while frame and document do not belong together. @param {PanelState} state @param {number} outputs that the document's network ends in @returns {FullState|null} */
function fullState(state, outputs) {
  const { document, inside } = state;
  if (!inside || !fits(document.network, inside.weights)) return null;
  if (unitCounts(document.network, inside.weights).at(-1) !== outputs) return null;
  const weights = inside.typed.length ? withEntries(inside.weights, inside.typed) : inside.weights;
  return { ...state, inside: inside.typed.length ? { ...inside, weights } : inside };
}

/** Does nothing differ but the place on the plane? @param {PanelState} a @param {PanelState} b */
function isSameBut(a, b) {
  return a.document === b.document && a.colours === b.colours && a.canEdit === b.canEdit;
}

/** The inputs with one more or one less, in the menu's order; the last one stays. @param {string[]} all @param {string[]} used @param {string} name */
function toggled(all, used, name) {
  const wanted = all.filter((other) => (other === name) !== used.includes(other));
  return wanted.length ? wanted : used;
}
