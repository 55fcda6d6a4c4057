// The maps of units as they are at hand: of inputs worked out here, of units from the newest frame, and, of the one that a person
// looks at, finely as soon as that is there.

import { scaleOf } from "../../core/input-scale.js";
import { inputMap, signedScale } from "../../core/unit-maps.js";

/** @typedef {import("../../core/types.js").UnitMap} UnitMap */
/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").Inside} Inside */

/** Rows and columns of an input's large map. */
const FINE_CELLS = 100;

/** @param {string[]} inputNames all there are */
export function createMapSource(inputNames) {
  /** @type {import("../../core/types.js").FineMap|null} of the unit that is or was looked at */
  let fine = null;
  let scale = new Uint32Array(0);
  /** @type {Record<string, UnitMap>} */
  let inputs = {};
  /** @type {unknown[]} what the inputs' maps depend on, as it was for those that are there */
  let drawn = [];
  /** @type {import("../header/theme.js").Colours|null} */
  let colours = null;
  const fineInput = createFineInput();

  return {
    /** From now on in this view and these colours. @param {{document: LabDocument, inside: Inside, colours: import("../header/theme.js").Colours}} now */
    follow({ document, inside, colours: newColours }) {
      if (colours !== newColours) scale = signedScale(signColours(newColours));
      const wanted = mapsDependOn(document);
      if (!isSame(wanted, drawn)) inputs = mapsOf(inputNames, document, inside.units.rows);
      [colours, drawn] = [newColours, wanted];
    },
    /** @param {import("../../core/types.js").FineMap} map */
    keep(map) {
      fine = map;
    },
    /** @param {{layer: number, unit: number}} place @param {{inside: Inside, document: LabDocument}} now @returns {UnitMap} */
    of({ layer, unit }, { inside, document }) {
      if (fine?.layer === layer && fine.unit === unit) return fine;
      if (layer > 0) return inside.units.layers[layer - 1][unit];
      return fineInput(document.network.inputs[unit], document);
    },
    /** The colours of values. */
    scale: () => scale,
    /** Small maps of all inputs, by name. */
    inputs: () => inputs,
  };
}

/** The large map of an input; the last one is kept. */
function createFineInput() {
  /** @type {{for: unknown[], map: UnitMap}|null} */
  let last = null;
  return (/** @type {string} */ name, /** @type {LabDocument} */ document) => {
    const wanted = [name, ...mapsDependOn(document)];
    if (!last || !isSame(last.for, wanted)) last = { for: wanted, map: mapOf(name, document, FINE_CELLS) };
    return last.map;
  };
}

/** What the network sees of an input, all over the view. @param {string} name @param {LabDocument} document @param {number} size */
const mapOf = (name, document, size) => inputMap(name, document.view, size, scaleOf(name, document));

/** @param {string[]} names @param {LabDocument} document @param {number} size @returns {Record<string, UnitMap>} */
const mapsOf = (names, document, size) => Object.fromEntries(names.map((name) => [name, mapOf(name, document, size)]));

/** @param {LabDocument} document */
const mapsDependOn = ({ view, points, network: { scaling = "none" } }) => [view, scaling, scaling === "none" || points];

/** @param {unknown[]} one @param {unknown[]} other */
const isSame = (one, other) => one.length === other.length && one.every((value, i) => value === other[i]);

/** @param {import("../header/theme.js").Colours} colours */
function signColours({ regions }) {
  return { positive: regions.classes[0], negative: regions.classes[1], paper: regions.paper };
}
