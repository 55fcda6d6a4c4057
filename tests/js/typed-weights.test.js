import assert from "node:assert/strict";
import test from "node:test";
import { createOptimisticDocument } from "../../static/js/core/optimistic-document.js";
import { withEntries } from "../../static/js/core/typed-weights.js";
import { documentWith } from "./documents.js";

const PLAIN = [{ weights: [[1, 2], [3, 4]], biases: [5, 6] }]; // prettier-ignore
const PIECES = [{ weights: [[[1, 2]], [[3, 4]]], biases: [[5, 6], [7, 8]] }]; // prettier-ignore

test("entries are set and the rest is left as it is", () => {
  const entries = [{ layer: 1, row: 1, column: 0, value: 9 }, { layer: 1, unit: 1, bias: 8 }]; // prettier-ignore
  assert.deepEqual(withEntries(PLAIN, entries), [{ weights: [[1, 2], [9, 4]], biases: [5, 8] }]); // prettier-ignore
  assert.deepEqual(PLAIN, [{ weights: [[1, 2], [3, 4]], biases: [5, 6] }]); // prettier-ignore
});

test("a maxout unit's entry belongs to one of its pieces", () => {
  const weight = { layer: 1, row: 0, column: 1, value: 9, piece: 1 };
  assert.deepEqual(withEntries(PIECES, [weight])[0].weights, [[[1, 2]], [[3, 9]]]);
  assert.deepEqual(withEntries(PIECES, [{ layer: 1, unit: 0, bias: 9, piece: 1 }])[0].biases, [[5, 6], [9, 8]]); // prettier-ignore
});

test("an entry that the network no longer has changes nothing", () => {
  assert.equal(withEntries(PLAIN, [{ layer: 2, row: 0, column: 0, value: 9 }]), PLAIN);
  assert.equal(withEntries(PLAIN, [{ layer: 1, row: 2, column: 0, value: 9 }]), PLAIN);
  assert.equal(withEntries(PLAIN, [{ layer: 1, unit: 2, bias: 9 }]), PLAIN);
});

/** @param {number} value @returns {import("../../static/js/core/changes.js").Change & {kind: "weight"}} */
const change = (value) => ({ kind: "weight", entry: { layer: 1, row: 1, column: 0, value } });

test("a typed weight waits for a frame that was made after it, whatever document comes first", () => {
  const optimistic = createOptimisticDocument(4, documentWith());
  const typed = change(9);
  optimistic.add(typed);
  optimistic.receiveFrame(4);
  assert.deepEqual(optimistic.typedWeights(), [typed.entry]);
  optimistic.confirm(typed, 6);
  optimistic.receive(6, documentWith());
  optimistic.receiveFrame(5);
  assert.deepEqual(optimistic.typedWeights(), [typed.entry], "the frame was under way when the change was made");
  optimistic.receiveFrame(6);
  assert.deepEqual(optimistic.typedWeights(), []);
});

test("of values typed in close succession the newest counts, and a refused one does not", () => {
  const optimistic = createOptimisticDocument(4, documentWith());
  const [first, second] = [change(8), change(9)];
  optimistic.add(first);
  optimistic.replace(first, second);
  assert.deepEqual(optimistic.typedWeights(), [second.entry]);
  optimistic.reject(second);
  assert.deepEqual(optimistic.typedWeights(), []);
});
