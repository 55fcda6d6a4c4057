import assert from "node:assert/strict";
import test from "node:test";

import { settingsPatch } from "../../static/js/core/layer-settings.js";

/** @type {any} */
const DOCUMENT = { network: { hidden: [{ units: 3, activation: "tanh" }, { units: 5, activation: "relu" }] } }; // prettier-ignore

test("units and the activation are set in all hidden layers, fields at their path", () => {
  assert.deepEqual(settingsPatch(DOCUMENT, { units: 20, "training.l2": 0.1 }), {
    network: { hidden: [{ units: 20, activation: "tanh" }, { units: 20, activation: "relu" }] }, // prettier-ignore
    training: { l2: 0.1 },
  });
});
