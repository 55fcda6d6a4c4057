import assert from "node:assert/strict";
import test from "node:test";
import { createUndoState } from "../../static/js/core/undo-state.js";

/** @param {number} revision @param {boolean} can_undo @param {boolean} can_redo */
const told = (revision, can_undo, can_redo) =>
  /** @type {any} */ ({ revision, snapshot: { revision, can_undo, can_redo } });

/** @param {ReturnType<typeof createUndoState>} state */
const vain = (state) => ["undo", "redo"].filter((name) => state.isVain({ kind: "command", name }));

test("nothing is in vain but an undo or redo without an edit", () => {
  const state = createUndoState({ revision: 1, can_undo: false, can_redo: false });
  assert.deepEqual(vain(state), ["undo", "redo"]);
  assert.ok(!state.isVain({ kind: "command", name: "run" }) && !state.isVain({ kind: "clear" }));
});

test("a change that was just made can be undone, before any frame tells so", () => {
  const state = createUndoState({ revision: 1, can_undo: false, can_redo: true });
  state.learn({ revision: 2 });
  assert.deepEqual(vain(state), ["redo"]);
  state.learn(told(1, false, true)); // a frame from before
  assert.deepEqual(vain(state), ["redo"]);
});

test("a reply to a change that changed nothing says nothing", () => {
  const state = createUndoState({ revision: 5, can_undo: false, can_redo: true });
  state.learn({ revision: 5 });
  assert.deepEqual(vain(state), ["undo"]);
});

test("of the same revision the later word counts, as after a restart of the server", () => {
  const state = createUndoState({ revision: 5, can_undo: true, can_redo: false });
  state.learn(told(5, false, false));
  assert.deepEqual(vain(state), ["undo", "redo"]);
  state.learn(told(6, false, true));
  assert.deepEqual(vain(state), ["undo"]);
});
