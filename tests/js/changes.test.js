import assert from "node:assert/strict";
import test from "node:test";
import { applyChange, joinChanges, newGesture } from "../../static/js/core/changes.js";
import { createOptimisticDocument } from "../../static/js/core/optimistic-document.js";
import { patchForClasses } from "../../static/js/core/task-changes.js";
import { documentWith, point } from "./documents.js";

/** @typedef {import("../../static/js/core/changes.js").Change} Change */

const two = documentWith({ points: [point(1), point(2, { label: 1 })] });
/** @type {(patch: object) => Change} */
const patch = (value) => ({ kind: "patch", patch: value });

test("each kind of change shows at once", () => {
  assert.equal(applyChange(two, patch({ training: { l2: 1 } })).training.l2, 1);
  assert.deepEqual(
    applyChange(two, { kind: "add", points: [point(-1)] }).points.map((p) => p.id),
    [1, 2, -1],
  );
  assert.equal(applyChange(two, { kind: "edit", edits: [{ id: 2, fields: { x: 3 } }] }).points[1].x, 3);
  assert.deepEqual(
    applyChange(two, { kind: "remove", ids: [1] }).points.map((p) => p.id),
    [2],
  );
  assert.deepEqual(applyChange(two, { kind: "clear" }).points, []);
  assert.equal(applyChange(two, { kind: "command", name: "undo" }), two);
});

test("a change leaves its document as it was", () => {
  const before = structuredClone(two);
  applyChange(two, { kind: "edit", edits: [{ id: 1, fields: { x: 3 } }] });
  applyChange(two, patch({ training: { l2: 1 } }));
  assert.deepEqual(two, before);
});

test("waiting patches are joined and the newest value wins", () => {
  const joined = joinChanges(patch({ training: { l2: 1, l1: 2 } }), patch({ training: { l2: 3 } }));
  assert.deepEqual(joined, patch({ training: { l2: 3, l1: 2 } }));
});

test("moves of one point are joined, of two points they are not", () => {
  const move = (/** @type {number} */ id, /** @type {number} */ x) =>
    /** @type {Change} */ ({ kind: "edit", edits: [{ id, fields: { x } }] });
  assert.deepEqual(joinChanges(move(1, 1), move(1, 2)), move(1, 2));
  assert.equal(joinChanges(move(1, 1), move(2, 2)), null);
  assert.equal(joinChanges(patch({}), move(1, 1)), null);
});

/** @type {(id: number, gesture?: number) => Change} */
const add = (id, gesture) => ({ kind: "add", points: [point(id)], gesture });

test("points painted in one stroke go together, and those erased in one", () => {
  assert.deepEqual(joinChanges(add(-1, 7), add(-2, 7)), { kind: "add", points: [point(-1), point(-2)], gesture: 7 });
  /** @type {(id: number) => Change} */
  const remove = (id) => ({ kind: "remove", ids: [id], gesture: 7 });
  assert.deepEqual(joinChanges(remove(1), remove(2)), { kind: "remove", ids: [1, 2], gesture: 7 });
});

test("two clicks and changes of two gestures are not joined, so that each can be undone", () => {
  assert.equal(joinChanges(add(-1), add(-2)), null);
  assert.equal(joinChanges(add(-1, 7), add(-2, 8)), null);
  assert.equal(joinChanges({ kind: "remove", ids: [1] }, { kind: "remove", ids: [2] }), null);
  /** @type {(gesture: number) => Change} */
  const move = (gesture) => ({ kind: "edit", edits: [{ id: 1, fields: { x: 2 } }], gesture });
  assert.equal(joinChanges(move(7), move(8)), null);
  assert.deepEqual(joinChanges(move(7), move(7)), move(7));
});

test("every gesture has a number of its own that JSON keeps", () => {
  const numbers = Array.from({ length: 100 }, newGesture);
  assert.equal(new Set(numbers).size, 100);
  assert.ok(numbers.every((number) => Number.isSafeInteger(number) && number >= 0));
});

test("of several jumps in time only the last counts, of several steps back each", () => {
  /** @type {(body: object) => Change} */
  const back = (body) => ({ kind: "command", name: "back", body });
  assert.deepEqual(joinChanges(back({ to_step: 5 }), back({ to_step: 9 })), back({ to_step: 9 }));
  assert.equal(joinChanges(back({ steps: 1 }), back({ steps: 1 })), null);
});

test("a change stays visible until the document that contains it arrives", () => {
  const optimistic = createOptimisticDocument(5, documentWith());
  const change = patch({ training: { l2: 1 } });
  optimistic.add(change);
  optimistic.receive(6, documentWith({ title: "someone else's" }));
  assert.equal(optimistic.current().training.l2, 1);
  optimistic.confirm(change, 7);
  assert.equal(optimistic.current().training.l2, 1);
  optimistic.receive(7, documentWith({ training: { l2: 0.5 } }));
  assert.equal(optimistic.current().training.l2, 0.5, "the server has the last word");
});

test("a document that overtakes its reply ends the waiting too", () => {
  const optimistic = createOptimisticDocument(0, documentWith());
  /** @type {Change} */
  const change = { kind: "add", points: [point(-1)] };
  optimistic.add(change);
  optimistic.receive(1, documentWith({ points: [point(9)] }));
  optimistic.confirm(change, 1);
  assert.deepEqual(
    optimistic.current().points.map((p) => p.id),
    [9],
  );
});

test("a point that was just named by the server is found under its temporary id", () => {
  const names = new Map([[-1, 7]]);
  const optimistic = createOptimisticDocument(0, documentWith(), (id) => names.get(id) ?? id);
  optimistic.add({ kind: "add", points: [point(-1)] });
  optimistic.add({ kind: "edit", edits: [{ id: -1, fields: { x: 4 } }] });
  assert.deepEqual(
    optimistic.current().points.map(({ id, x }) => [id, x]),
    [[7, 4]],
  );
});

test("a refused change is taken back and an old document is ignored", () => {
  const optimistic = createOptimisticDocument(3, documentWith({ title: "new" }));
  const change = patch({ title: "refused" });
  optimistic.add(change);
  optimistic.reject(change);
  optimistic.receive(2, documentWith({ title: "old" }));
  assert.equal(optimistic.current().title, "new");
});

test("fewer classes take their points with them; more classes need a loss with more scores", () => {
  const losses = [
    { name: "binary_svm", label: "", help: "", one_score: true, tasks: ["classification"] },
    { name: "softmax", label: "", help: "", tasks: ["classification"] },
  ];
  const four = documentWith({ classes: 4, points: [point(1), point(2, { label: 3 })] });
  assert.deepEqual(patchForClasses(four, 2, losses), { classes: 2, points: [point(1)] });
  const binary = documentWith({ network: { loss: "binary_svm" } });
  assert.deepEqual(patchForClasses(binary, 3, losses), { classes: 3, network: { loss: "softmax" } });
  assert.deepEqual(patchForClasses(two, 3, losses), { classes: 3 });
});

test("a data set is known until its points are changed by hand", () => {
  const dataset = { name: "xor", noise: 0.2 };
  const made = applyChange(two, { kind: "command", name: "dataset", body: dataset });
  assert.equal(made.dataset, dataset);
  assert.equal(applyChange(made, patch({ classes: 3 })).dataset, dataset);
  for (const change of /** @type {Change[]} */ ([
    { kind: "add", points: [point(-1)] },
    { kind: "edit", edits: [{ id: 1, fields: { x: 2 } }] },
    { kind: "remove", ids: [1] },
    { kind: "clear" },
    patch({ points: [] }),
  ])) {
    assert.equal(applyChange(made, change).dataset, null, change.kind);
  }
});

test("points that are a data set's are drawn anew for other classes, as far as it has so many", () => {
  const datasets = [
    { name: "spiral", label: "", help: "", max_classes: 8 },
    { name: "xor", label: "", help: "", max_classes: 2 },
  ];
  const spiral = documentWith({ points: [point(1)], dataset: { name: "spiral" } });
  assert.deepEqual(patchForClasses(spiral, 3, [], datasets), { classes: 3, dataset: { classes: 3 } });
  const xor = documentWith({ points: [point(1)], dataset: { name: "xor" } });
  assert.deepEqual(patchForClasses(xor, 3, [], datasets), { classes: 3 });
});

test("a document without points has those that are known, if they are of its revision", () => {
  const points = [point(1), point(2)];
  const optimistic = createOptimisticDocument(5, documentWith({ points }), undefined, { points_revision: 3 });
  const { points: _, ...lean } = documentWith({ title: "new" });
  optimistic.receive(6, lean, { points_revision: 3 });
  assert.equal(optimistic.current().title, "new");
  assert.equal(optimistic.current().points, points);
});

test("a document whose points are not known is left to the stream, and a change of it stays on top until then", () => {
  /** @type {import("../../static/js/core/changes.js").Change} */
  const change = { kind: "patch", patch: { title: "mine" } };
  const optimistic = createOptimisticDocument(5, documentWith(), undefined, { points_revision: 3 });
  const { points: _, ...lean } = documentWith({ title: "the server's" });
  optimistic.add(change);
  optimistic.receive(7, lean, { points_revision: 6 });
  optimistic.confirm(change, 7);
  assert.deepEqual([optimistic.current().title, optimistic.current().points.length], ["mine", 0]);
  optimistic.receive(6, documentWith({ points: [point(9)] }), { points_revision: 6 });
  assert.deepEqual([optimistic.current().title, optimistic.current().points.length], ["mine", 1]);
  optimistic.receive(7, lean, { points_revision: 6 });
  assert.deepEqual([optimistic.current().title, optimistic.current().points.length], ["the server's", 1]);
});
