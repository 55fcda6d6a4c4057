// The maps of units as they are at hand: of inputs worked out here, of units from the newest frame, and, of the one that a person
// looks at, finely as soon as that is there.

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
  /** @type {import("../../core/types.js").View|null} */
  let view = null;
  /** @type {import("../header/theme.js").Colours|null} */
  let colours = null;
  const fineInput = createFineInput();

  return {
    /** From now on in this view and these colours. @param {{document: LabDocument, inside: Inside, colours: import("../header/theme.js").Colours}} now */
    follow({ document, inside, colours: newColours }) {
      if (colours !== newColours) scale = signedScale(signColours(newColours));
      if (view !== document.view)
        inputs = Object.fromEntries(inputNames.map((name) => [name, inputMap(name, document.view, inside.units.rows)]));
      [colours, view] = [newColours, document.view];
    },
    /** @param {import("../../core/types.js").FineMap} map */
    keep(map) {
      fine = map;
    },
    /** @param {{layer: number, unit: number}} place @param {{inside: Inside, document: LabDocument}} now @returns {UnitMap} */
    of({ layer, unit }, { inside, document }) {
      if (fine?.layer === layer && fine.unit === unit) return fine;
      if (layer > 0) return inside.units.layers[layer - 1][unit];
      return fineInput(document.network.inputs[unit], document.view);
    },
    /** The colours of values. */
    scale: () => scale,
    /** Small maps of all inputs, by name. */
    inputs: () => inputs,
  };
}

/** The large map of an input; the last one is kept. */
function createFineInput() {
  /** @type {{name: string, view: import("../../core/types.js").View, map: UnitMap}|null} */
  let last = null;
  return (/** @type {string} */ name, /** @type {import("../../core/types.js").View} */ view) => {
    if (last?.name !== name || last.view !== view) last = { name, view, map: inputMap(name, view, FINE_CELLS) };
    return last.map;
  };
}

/** @param {import("../header/theme.js").Colours} colours */
function signColours({ regions }) {
  return { positive: regions.classes[0], negative: regions.classes[1], paper: regions.paper };
}
