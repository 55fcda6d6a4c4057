import assert from "node:assert/strict";
import test from "node:test";
import { keepEqual } from "../../static/js/core/keep-equal.js";
import { createOptimisticDocument } from "../../static/js/core/optimistic-document.js";
import { documentWith, layer, point } from "./documents.js";

/** What comes from the server has no object in common with what was there. @template T @param {T} value @returns {T} */
const anew = (value) => JSON.parse(JSON.stringify(value));

test("what equals what was there is what was there", () => {
  const before = documentWith({ points: [point(1), point(2)], network: { hidden: [layer(6)] } });
  assert.equal(keepEqual(before, anew(before)), before);
});

test("of what differs, the parts that equal those that were there are those", () => {
  const before = documentWith({ points: [point(1), point(2)], network: { hidden: [layer(6)] } });
  const wanted = documentWith({ ...anew(before), title: "new", points: [point(1), point(2, { x: 3 })] });
  const after = keepEqual(before, anew(wanted));
  assert.deepEqual(after, wanted);
  assert.notEqual(after, before);
  assert.equal(after.network, before.network);
  assert.equal(after.points[0], before.points[0]);
  assert.notEqual(after.points[1], before.points[1]);
});

test("nothing that is gone stays, and nothing that is new is left out", () => {
  for (const [before, after] of [
    [{ a: 1, b: 2 }, { a: 1 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: undefined }],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [[], {}],
    [{ 0: 1 }, [1]],
    [null, {}],
    [{}, null],
    [[{ a: [1] }], [{ a: [2] }]],
  ])
    assert.deepEqual(keepEqual(before, after), after);
});

test("a document of the server's in which nothing of the network is new has the network that was there", () => {
  const optimistic = createOptimisticDocument(4, documentWith({ network: { hidden: [layer(6)] } }));
  const before = optimistic.current();
  optimistic.receive(5, documentWith({ network: { hidden: [layer(6)] } }));
  assert.equal(optimistic.current(), before);
  optimistic.receive(6, documentWith({ title: "new", network: { hidden: [layer(6)] } }));
  assert.equal(optimistic.current().network, before.network);
});

test("a change that the server makes as it was asked for changes nothing once more", () => {
  const optimistic = createOptimisticDocument(4, documentWith());
  const change = /** @type {const} */ ({ kind: "patch", patch: { training: { l2: 0.5 } } });
  optimistic.add(change);
  const asked = optimistic.current();
  optimistic.confirm(change, 5);
  optimistic.receive(5, documentWith({ training: { l2: 0.5 } }));
  assert.equal(optimistic.current(), asked);
});
