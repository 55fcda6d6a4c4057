// The diagram, and the sheets of the results card in their places; the code of a sheet is fetched when that is opened first.

import { unitCounts } from "../../core/diagram-links.js";
import { lazyViewIn } from "../lazy.js";
import { createNetworkDiagram } from "../network/network-diagram.js";
import { withStyles } from "../stylesheet.js";
import { createPlaces } from "./inside-places.js";

/** @typedef {import("../network/unit-choices.js").UnitPlace} UnitPlace */
/** @typedef {import("./inside-panel.js").PanelOptions} PanelOptions */
/** @typedef {import("./inside-panel.js").FullState} FullState */
/** @typedef {Pick<import("../network/network-diagram.js").DiagramState, "pinned"|"axesInSight"|"inputMaps"|"scale"> & {axes: import("../network/unit-choices.js").Axes|null}} Look */
/**
 * @typedef {{onLook: (place: UnitPlace|null) => void, onPin: (place: UnitPlace) => void,
 *   onEdit: (place: UnitPlace, row: number|null, piece: number) => void, onInput: (name: string) => void, onTogglePlane: () => void, onCard: () => void,
 *   onChoose: (axes: import("../network/unit-choices.js").Axes) => void, onSight: (isInSight: boolean) => void}} Wishes onEdit: a weight
 *   by its row, or the bias; onCard: the card has come into sight; onSight: the warped plane has, or is gone
 */

/** @param {PanelOptions} options @param {Wishes} wishes */
export function createParts(options, wishes) {
  const places = createPlaces(options.sheets);
  const diagram = createNetworkDiagram(options.board, {
    onLook: wishes.onLook,
    onPin: wishes.onPin,
    onEditWeight: (link) => wishes.onEdit(link.to, link.row, link.piece),
    onEditBias: (tile) => wishes.onEdit(tile, null, 0),
    onInput: wishes.onInput,
  });
  const { card, health, warp, confusion, probe } = createSheets(options, places, wishes);
  return {
    diagram,
    probe,
    card: {
      show: card.show,
      isInSight: card.isInSight,
      /** Is the cursor in one of its boxes? */
      hasCursor: () => places.card.querySelector("input:focus") !== null,
      /** Put the cursor into a weight (by its row) or a bias (row null). @param {number|null} row @param {number} piece */
      edit: async (row, piece) => (await card.want()).edit(row, piece),
    },
    /** All but the card and the probe. @param {FullState} state @param {Look} look */
    showRest(state, look) {
      const { document, inside, regions, colours, snapshot, canEdit } = state;
      diagram.show({ document, inside, canEdit, colours: inksOf(colours), ...look });
      health.show(snapshot, document);
      const counts = unitCounts(document.network, inside.weights);
      warp.show({ document, regions, warp: inside.warp, counts, axes: look.axes, colours });
      places.confusionBox.hidden = document.task !== "classification";
      if (!places.confusionBox.hidden) confusion.show(document, inside.weights);
    },
    destroy() {
      for (const part of [diagram, card, health, warp, confusion, probe]) part.destroy();
      places.destroy();
    },
  };
}

/** @param {PanelOptions} options @param {ReturnType<typeof createPlaces>} places @param {Wishes} wishes */
function createSheets({ sheets, activationLabel, onWeight }, places, { onTogglePlane, onCard, onChoose, onSight }) {
  return {
    card: lazyViewIn(
      sheets.unit,
      async () => {
        const { createUnitCard } = await withStyles(import("./unit-card.js"), "unit-card");
        return createUnitCard(places.card, { onWeight, onTogglePlane });
      },
      onCard,
    ),
    health: lazyViewIn(sheets.health, async () => {
      const { createLayerHealth } = await withStyles(import("./layer-health.js"), "results-parts");
      return createLayerHealth(places.health);
    }),
    warp: lazyViewIn(sheets.warp, async () => {
      const { createWarpView } = await withStyles(import("./warp-view.js"), "results-parts");
      return createWarpView(places.warp, { onChoose, onSight });
    }),
    confusion: lazyViewIn(sheets.health, async () => {
      const { createConfusionTable } = await withStyles(import("./confusion-table.js"), "results-parts");
      return createConfusionTable(places.confusion);
    }),
    probe: lazyViewIn(sheets.probe, async () => {
      const { createPointProbe } = await withStyles(import("./point-probe.js"), "results-parts", "probe");
      return createPointProbe(places.probe, { activationLabel });
    }),
  };
}

/** @param {import("../header/theme.js").Colours} colours */
function inksOf({ classes, plane, grid, ink }) {
  return { positive: classes[0], negative: classes[1], paper: plane, line: grid, ink };
}
