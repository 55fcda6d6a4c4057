// The unit that a person looks at, else the one that is pinned: its card, its map on the plane, and its sum in the probe. While
// the cursor is in the card, the card stays at the pinned unit.

import { unitCounts } from "../../core/diagram-links.js";
import { unitName } from "../network/unit-names.js";

/** @typedef {import("./inside-panel.js").FullState} FullState */
/**
 * @typedef {Pick<ReturnType<typeof import("./inside-parts.js").createParts>, "card"|"probe"> & {
 *   maps: ReturnType<typeof import("./map-source.js").createMapSource>, choices: ReturnType<typeof import("../network/unit-choices.js").createUnitChoices>,
 *   state: () => FullState|null}} Parts
 */

/** @param {Pick<import("./inside-panel.js").PanelOptions, "activationLabel"|"onWantMap"|"onPreview">} options @param {Parts} parts */
export function createUnitLook({ activationLabel, onWantMap, onPreview }, { card, probe, maps, choices, state }) {
  let isOnPlane = false;
  /** The fine map, as far as somebody sees it. */
  const wantMap = () => {
    const { place, looked } = choices.get();
    const isPreviewed = looked !== null || isOnPlane;
    if (isPreviewed || card.isInSight()) onWantMap(place, isPreviewed);
  };

  const showProbe = () => {
    const now = state();
    if (!now) return;
    const { document, inside, place } = now;
    probe.show({ document, weights: inside.weights, place, looked: choices.get().place });
  };

  const show = () => {
    const now = state();
    if (!now) return;
    const { document, inside, canEdit } = now;
    const { place, looked, pinned } = choices.get();
    const inCard = card.hasCursor() ? pinned : place;
    const [map, scale] = [maps.of(place, now), maps.scale()];
    const cardMap = maps.of(inCard, now);
    card.show({ ...inCard, document, inside, map: cardMap, scale, isOnPlane, canEdit, activationLabel });
    const outputs = unitCounts(document.network, inside.weights).at(-1) ?? 0;
    const title = unitName(document, place.layer, place.unit, outputs);
    onPreview(looked || isOnPlane ? { map, scale, title, isKept: isOnPlane } : null);
    showProbe();
  };

  const again = () => {
    show();
    wantMap();
  };

  /** @param {boolean} isKept the unit's map stays on the plane */
  const keepOnPlane = (isKept) => {
    isOnPlane = isKept;
    choices.showTo("plane", isKept);
    again();
  };

  return {
    show,
    showProbe,
    wantMap,
    /** Look at another unit, or at none. @param {import("../network/unit-choices.js").UnitPlace|null} place */
    at(place) {
      choices.look(place);
      again();
    },
    togglePlane: () => keepOnPlane(!isOnPlane),
    endPreview: () => keepOnPlane(false),
  };
}
