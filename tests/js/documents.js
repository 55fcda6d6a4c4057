// A document for tests, with the parts that a test cares about replaced.

import { mergePatch } from "../../static/js/core/merge-patch.js";

/** @param {object} [patch] @returns {import("../../static/js/core/types.js").LabDocument} */
export function documentWith(patch = {}) {
  return mergePatch(
    {
      format: "nnlab/1",
      title: "",
      task: "classification",
      classes: 2,
      points: [],
      network: { inputs: ["x", "y"], hidden: [], skips: [], loss: "softmax", init: "he", init_scale: 1, seed: 7 },
      training: { learning_rate: 0.03, l2: 0.001 },
      view: { x_range: [-6, 6], y_range: [-6, 6] },
    },
    patch,
  );
}

/** @param {number} units @param {string} [activation] */
export const layer = (units, activation = "tanh") => ({ units, activation, pieces: 2, keep_prob: null });

/** @param {number} id @param {Partial<import("../../static/js/core/types.js").Point>} [fields] */
export const point = (id, fields = {}) => ({ id, x: 0, y: 0, label: 0, held_out: false, ...fields });
