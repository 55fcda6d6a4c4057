import assert from "node:assert/strict";
import test from "node:test";

import { LETTERS } from "../../static/js/core/comparison.js";
import { createStore } from "../../static/js/core/store.js";
import { createActions } from "../../static/js/pages/actions.js";
import { documentWith, point } from "./documents.js";

/** A page with two points, the first of them selected, on which changes may or may not be made. @param {boolean} isAllowed */
function pageWhere(isAllowed) {
  /** @type {string[]} */
  const said = [];
  /** @type {any} */
  const state = {
    document: documentWith({ classes: 3, points: [point(1), point(2)] }),
    snapshot: { state: "paused", step: 0 },
    canEdit: true,
    chosenClass: 2,
    selectedId: 1,
    group: [],
  };
  const store = createStore(state, () => {});
  /** @type {any} */
  const parts = {
    store,
    experiment: { change: () => {}, real: (/** @type {number} */ id) => id, panels: () => [{}] },
    catalog: { fields: { "network.loss": { choices: [] } }, datasets: [], defaults: documentWith() },
    announcer: { say: (/** @type {string} */ words) => said.push(words) },
    toasts: { show: () => {} },
    allows: () => isAllowed,
  };
  return { actions: createActions(parts), parts, store, said };
}

test("points that are deleted are no longer selected, and it is said", () => {
  const { actions, store, said } = pageWhere(true);
  actions.deleteSelected();
  assert.equal(store.get().selectedId, null);
  assert.deepEqual(said, ["1 point deleted"]);
});

test("what is refused leaves the selection and the chosen class as they are, and nothing is said to be done", async () => {
  const { actions, store, said } = pageWhere(false);
  actions.deleteSelected();
  actions.clearPoints();
  await actions.setTask("curve_fitting");
  await actions.setClasses(2);
  const { selectedId, chosenClass } = store.get();
  assert.deepEqual({ selectedId, chosenClass }, { selectedId: 1, chosenClass: 2 });
  assert.deepEqual(said, []);
});

test("copies that are still on their way count, so that no more come to stand side by side than have room", async () => {
  const { fetch } = globalThis;
  globalThis.fetch = async () => Response.json({ step: [] });
  const { parts } = pageWhere(true);
  const panels = [{}, {}, {}, {}, {}];
  const experiment = {
    ...parts.experiment,
    panels: () => panels,
    fork: async () => ({ id: "e1" }),
    add: (/** @type {object} */ one) => panels.push(one),
  };
  const { compare } = createActions({ ...parts, experiment });
  await Promise.all([compare(), compare()]);
  globalThis.fetch = fetch;
  assert.equal(panels.length, LETTERS.length);
});
