// Inside the network: the diagram with a card for one unit, the layers' health, the warped plane, confusion counts, and one
// point number by number. Gives each its part of the state; what one of them changes for the others is kept here.

import { fits, unitCounts } from "../../core/diagram-links.js";
import { withEntries } from "../../core/typed-weights.js";
import { inputMap, signedScale } from "../../core/unit-maps.js";
import { createConfusionTable } from "./confusion-table.js";
import { createPlaces } from "./inside-places.js";
import { createLayerHealth } from "./layer-health.js";
import { createNetworkDiagram } from "../network/network-diagram.js";
import { createPointProbe } from "./point-probe.js";
import { createUnitCard } from "./unit-card.js";
import { createUnitChoices } from "../network/unit-choices.js";
import { unitName } from "../network/unit-names.js";
import { createWarpView } from "./warp-view.js";

/** @typedef {import("../network/unit-choices.js").UnitPlace} UnitPlace */
/** @typedef {import("../../core/types.js").Inside} Inside */
/**
 * @typedef {{document: import("../../core/types.js").LabDocument, snapshot: import("../../core/types.js").Snapshot,
 *   regions: import("../../core/types.js").Regions|null, inside: Inside|null, colours: import("../header/theme.js").Colours,
 *   canEdit: boolean, walk: import("../../core/phases.js").Walk|null, place: import("./point-probe.js").Place}} PanelState
 */
/**
 * @typedef {{board: import("../network/network-card.js").Board, inputNames: string[], openResults: (sheet: string) => void, onNetwork: (change: (network: import("../../core/types.js").Network) => Partial<import("../../core/types.js").Network>) => void,
 *   activationLabel: (name: string) => string, onWeight: (entry: import("../../core/changes.js").WeightEntry) => void,
 *   onViews: (views: string) => void, onWantMap: (place: UnitPlace, isOnPlane: boolean) => void, onPreview: (preview: import("../plane/plane-overlay.js").Preview|null) => void}} PanelOptions
 */

/** Rows and columns of an input's large map. */
const FINE_CELLS = 100;

/** @param {PanelOptions} options */
export function createInsidePanel({
  board,
  inputNames,
  openResults,
  onNetwork,
  activationLabel,
  onWeight,
  onViews,
  onWantMap,
  onPreview,
}) {
  const parts = createPlaces();
  /** @type {PanelState & {inside: Inside}|null} the newest state whose frame and document belong together */
  let state = null;
  /** @type {Inside|null} as the frame brought it, without the weights typed since */
  let framed = null;
  const choices = createUnitChoices(onViews);
  let isOnPlane = false;
  /** @type {import("../../core/types.js").FineMap|null} of the unit that is or was looked at */
  let fine = null;
  let scale = new Uint32Array(0);
  /** @type {Record<string, import("../../core/types.js").UnitMap>} */
  let inputMaps = {};

  const diagram = createNetworkDiagram(board, {
    onLook(tile) {
      choices.look(tile);
      showUnits();
      wantMap();
    },
    onPin(tile) {
      pin(tile);
      openResults("unit");
    },
    onEditWeight: (link) => edit(link.to, link.row, link.piece),
    onEditBias: (tile) => edit(tile, null, 0),
    onInput: (name) => onNetwork((network) => ({ inputs: toggled(inputNames, network.inputs, name) })),
  });
  const card = createUnitCard(parts.card, {
    onWeight,
    onTogglePlane: () => keepOnPlane(!isOnPlane),
  });
  const health = createLayerHealth(parts.health);
  const warp = createWarpView(parts.warp, { onChoose, onSight: choices.showWarp });
  const confusion = createConfusionTable(parts.confusion);
  const probe = createPointProbe(parts.probe, { activationLabel });

  /** Units of each column, the inputs first. @param {PanelState & {inside: Inside}} now */
  const countsOf = ({ document, inside }) => unitCounts(document.network, inside.weights);

  /** @param {UnitPlace} place */
  function pin(place) {
    choices.pin(place, state ? countsOf(state)[place.layer] : 0);
    showAll();
  }

  /** @param {boolean} isKept the unit's map stays on the plane */
  function keepOnPlane(isKept) {
    isOnPlane = isKept;
    showUnits();
    wantMap();
  }

  /** Let a weight be typed anew, or the bias. @param {UnitPlace} place @param {number|null} row @param {number} piece */
  function edit(place, row, piece) {
    pin(place);
    openResults("unit");
    card.edit(row, piece);
  }

  /** @param {import("../network/unit-choices.js").Axes} axes */
  function onChoose(axes) {
    choices.chooseAxes(axes);
    showAll();
  }

  /** The diagram, the card and the plane: all that changes as the person looks from unit to unit. */
  function showUnits() {
    if (!state) return;
    const { document, inside, canEdit } = state;
    const { place, looked } = choices.get();
    const map = mapOf(place, state);
    card.show({ document, inside, map, scale, ...place, isOnPlane, canEdit, activationLabel });
    const outputs = inside.units.layers[inside.units.layers.length - 1].length;
    const title = unitName(document, place.layer, place.unit, outputs);
    onPreview(looked || isOnPlane ? { map, scale, title, isKept: isOnPlane } : null);
    probe.show({ document, weights: inside.weights, place: state.place, looked: place });
  }

  /** The fine map, as soon as it is there. @param {UnitPlace} place @param {{inside: Inside, document: PanelState["document"]}} now */
  function mapOf({ layer, unit }, { inside, document }) {
    if (fine?.layer === layer && fine.unit === unit) return fine;
    if (layer > 0) return inside.units.layers[layer - 1][unit];
    return fineInput(document.network.inputs[unit], document.view);
  }

  const wantMap = () => onWantMap(choices.get().place, choices.get().looked !== null || isOnPlane);

  function showAll() {
    if (!state) return;
    wantMap();
    const { document, inside, regions, colours, snapshot, canEdit } = state;
    const { pinned, axes } = choices.get();
    diagram.show({ document, inside, inputMaps, scale, colours: inksOf(colours), canEdit, pinned, axes });
    showUnits();
    health.show(snapshot, document);
    warp.show({ document, regions, warp: inside.warp, counts: countsOf(state), axes, colours });
    parts.confusionBox.hidden = document.task !== "classification";
    if (!parts.confusionBox.hidden) confusion.show(document, inside.weights);
  }

  return {
    /** @param {PanelState} newState */
    show(newState) {
      const { document, inside, colours } = newState;
      if (!inside || !fits(document.network, inside.weights)) return;
      if (state?.colours !== colours) scale = signedScale(signColours(colours));
      if (state?.document.view !== document.view)
        inputMaps = Object.fromEntries(
          inputNames.map((name) => [name, inputMap(name, document.view, inside.units.rows)]),
        );
      const isOnlyPlace =
        state !== null &&
        framed === inside &&
        state.document === document &&
        state.colours === colours &&
        state.canEdit === newState.canEdit;
      const isNewWalk = (state?.walk ?? null) !== newState.walk;
      framed = inside;
      state = {
        ...newState,
        inside: inside.typed.length ? { ...inside, weights: withEntries(inside.weights, inside.typed) } : inside,
      };
      if (isNewWalk) diagram.showWalk(newState.walk);
      if (isOnlyPlace)
        return probe.show({
          document,
          weights: inside.weights,
          place: newState.place,
          looked: choices.get().place,
        });
      choices.mend(countsOf(state));
      showAll();
    },
    endPreview: () => keepOnPlane(false),
    /** @param {import("../../core/types.js").FineMap} map */
    showFine(map) {
      fine = map;
      showUnits();
    },
  };
}

/** The inputs with one more or one less, in the menu's order; the last one stays. @param {string[]} all @param {string[]} used @param {string} name */
function toggled(all, used, name) {
  const wanted = all.filter((other) => (other === name) !== used.includes(other));
  return wanted.length ? wanted : used;
}

/** The large map of an input; the last one is kept. */
const fineInput = (() => {
  /** @type {{name: string, view: import("../../core/types.js").View, map: import("../../core/types.js").UnitMap}|null} */
  let last = null;
  return (/** @type {string} */ name, /** @type {import("../../core/types.js").View} */ view) => {
    if (last?.name !== name || last.view !== view) last = { name, view, map: inputMap(name, view, FINE_CELLS) };
    return last.map;
  };
})();

/** @param {import("../header/theme.js").Colours} colours */
function signColours({ regions }) {
  return { positive: regions.classes[0], negative: regions.classes[1], paper: regions.paper };
}

/** @param {import("../header/theme.js").Colours} colours */
function inksOf({ classes, plane, grid, ink }) {
  return { positive: classes[0], negative: classes[1], paper: plane, line: grid, ink };
}
