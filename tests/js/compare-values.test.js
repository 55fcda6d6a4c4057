import assert from "node:assert/strict";
import test from "node:test";

import { comparisonOf, isComparable, proposedValues, settingIn } from "../../static/js/core/compare-values.js";
import { documentWith, layer } from "./documents.js";

/** @param {object} row @returns {any} */
const spec = (row) => ({ type: "number", label: "", help: "", ...row });

test("settings of network, training and data can be compared, what is shown and what is a list cannot", () => {
  for (const path of ["training.l2", "network.seed", "network.hidden.units", "dataset.noise"])
    assert.ok(isComparable(spec({ path })), path);
  assert.ok(isComparable(spec({ path: "training.optimizer", type: "choice", choices: [] })));
  for (const path of ["pace.resolution", "title", "classes", "stop.loss"])
    assert.ok(!isComparable(spec({ path })), path);
  assert.ok(!isComparable(spec({ path: "network.inputs", type: "list", choices: [] })));
  assert.ok(!isComparable(spec({ path: "dataset.name", type: "choice", choices: [] })));
  assert.ok(!isComparable(spec({ about: "comparison" })));
});

test("the note's values are proposed for what the note compares", () => {
  assert.deepEqual(proposedValues(spec({ path: "network.hidden.units" }), 6), [3, 6, 20]);
  assert.deepEqual(proposedValues(spec({ path: "training.l2" }), 0), [0.001, 0.01, 0.1]);
});

test("of a slider its ends and its middle are proposed, of a seed the next ones, of a switch both", () => {
  const keep = spec({ path: "training.keep_prob", slider: [0.1, 1], step: 0.05 });
  assert.deepEqual(proposedValues(keep, 1), [0.1, 0.55, 1]);
  assert.deepEqual(proposedValues(spec({ path: "network.seed", type: "integer" }), 7), [7, 8, 9, 10, 11, 12]);
  assert.deepEqual(proposedValues(spec({ path: "training.shuffle", type: "boolean" }), true), [false, true]);
});

test("of a menu as many as have room are proposed, the current one among them", () => {
  const choices = ["a", "b", "c", "d", "e", "f", "g"].map((name) => ({ name }));
  assert.deepEqual(proposedValues(spec({ path: "training.optimizer", choices }), "b"), ["a", "b", "c", "d", "e", "f"]);
  assert.deepEqual(proposedValues(spec({ path: "training.optimizer", choices }), "g"), ["g", "b", "c", "d", "e", "f"]);
});

test("the value of a setting of layers is the first one's, or that of the layer that is named", () => {
  const document = documentWith({ network: { hidden: [layer(4), layer(9)] }, training: { l2: 0.5 } });
  assert.equal(settingIn(document, "training.l2"), 0.5);
  assert.equal(settingIn(document, "network.hidden.units"), 4);
  assert.equal(settingIn(document, "network.hidden.2.units"), 9);
  assert.equal(settingIn(document, "network.hidden.3.units"), undefined);
});

test("an address names a comparison", () => {
  const one = { path: "training.max_norm", values: [null, 0.5, 1e-3, true, "relu"] };
  assert.deepEqual(comparisonOf("training.max_norm:null,0.5,0.001,true,relu"), one);
  for (const wrong of [null, "", "training.l2", ":1,2", "training.l2:"]) assert.equal(comparisonOf(wrong), null);
});
