import assert from "node:assert/strict";
import test from "node:test";
import { recentOf, withRecent } from "../../static/js/core/recent.js";

const one = (/** @type {string} */ id) => ({ id, title: id, time_ms: 0 });

test("the newest stands first, each once, and the oldest go", () => {
  const ids = (/** @type {import("../../static/js/core/recent.js").Recent[]} */ list) => list.map(({ id }) => id);
  assert.deepEqual(ids(withRecent([one("a"), one("b")], one("b"))), ["b", "a"]);
  const many = Array.from({ length: 30 }, (_, index) => one(`e${index}`)).reduce(
    withRecent,
    /** @type {import("../../static/js/core/recent.js").Recent[]} */ ([]),
  );
  assert.deepEqual(ids(many), ["e29", "e28", "e27", "e26", "e25", "e24", "e23", "e22", "e21", "e20"]);
});

test("what cannot be read is an empty list", () => {
  for (const text of [null, "", "{", "7", '{"id": 1}', '[{"title": "x"}]']) assert.deepEqual(recentOf(text), []);
  assert.deepEqual(recentOf(JSON.stringify([one("a")])), [one("a")]);
});
