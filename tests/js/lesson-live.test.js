import assert from "node:assert/strict";
import test from "node:test";

import { opened } from "../../static/js/pages/lesson-live.js";

const SETTINGS = { document: { title: "clouds" }, dataset: {}, controls: [] };
const KEPT = "nnlab-live-neuron-clouds";

/** A tab that was here before, at a server that answers its reading so. @type {(mock: import("node:test").MockTracker, status: number) => {made: string[], kept: Map<string, string>}} */
function comeBack(mock, status) {
  const kept = new Map([[KEPT, "e1"]]);
  /** @type {string[]} */
  const made = [];
  const storage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  };
  Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true });
  mock.method(globalThis, "fetch", async (/** @type {string} */ path, /** @type {RequestInit} */ { method }) => {
    if (method === "GET") return Response.json({ id: "e1", step: [], detail: "so it is" }, { status });
    made.push(path);
    return Response.json({ id: "e2" });
  });
  return { made, kept };
}

test("an experiment of a lesson that is there is found again", async ({ mock }) => {
  const { made } = comeBack(mock, 200);
  const { session } = await opened(KEPT, SETTINGS, () => {});
  assert.equal(session.id, "e1");
  assert.deepEqual(made, []);
});

test("one that is gone is replaced by a new one", async ({ mock }) => {
  const { kept } = comeBack(mock, 404);
  const { session } = await opened(KEPT, SETTINGS, () => {});
  assert.equal(session.id, "e2");
  assert.equal(kept.get(KEPT), "e2");
});

test("one that cannot be read for the moment is kept, and why is told", async ({ mock }) => {
  const { made, kept } = comeBack(mock, 503);
  await assert.rejects(
    opened(KEPT, SETTINGS, () => {}),
    { status: 503, message: "so it is" },
  );
  assert.deepEqual(made, []);
  assert.equal(kept.get(KEPT), "e1");
});
