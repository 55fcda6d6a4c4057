import assert from "node:assert/strict";
import test from "node:test";
import { applyChange, joinChanges } from "../../static/js/core/changes.js";
import { documentWith } from "./documents.js";

/** @param {import("../../static/js/core/changes.js").WeightEntry} entry @returns {import("../../static/js/core/changes.js").Change} */
const change = (entry) => ({ kind: "weight", entry });
const WEIGHT = { layer: 1, row: 1, column: 2, value: 0.5 };
const BIAS = { layer: 1, unit: 2, bias: 0.5 };

test("of two values for one weight or bias the newer one waits alone", () => {
  const newer = change({ ...WEIGHT, value: 0.7 });
  assert.equal(joinChanges(change(WEIGHT), newer), newer);
  assert.equal(joinChanges(change(BIAS), change({ ...BIAS, bias: 1 }))?.kind, "weight");
});

test("different weights are sent one after the other", () => {
  assert.equal(joinChanges(change(WEIGHT), change({ ...WEIGHT, row: 0 })), null);
  assert.equal(joinChanges(change(WEIGHT), change({ ...WEIGHT, piece: 1 })), null);
  assert.equal(joinChanges(change(WEIGHT), change(BIAS)), null);
});

test("a weight is no part of the document", () => {
  const document = documentWith();
  assert.equal(applyChange(document, change(WEIGHT)), document);
});
