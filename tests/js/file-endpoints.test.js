import assert from "node:assert/strict";
import test from "node:test";

import { putTable } from "../../static/js/api/file-endpoints.js";

/** @param {import("node:test").TestContext} t @param {number} status */
function serverThat(t, status) {
  /** @type {string[]} */
  const asked = [];
  t.mock.method(globalThis, "fetch", async (/** @type {string} */ path) => {
    asked.push(path);
    return new Response(JSON.stringify({ path, detail: "no table" }), { status });
  });
  return asked;
}

test("a table goes to all, and the first one answers", async (t) => {
  const asked = serverThat(t, 200);
  const reply = await putTable(["a", "b", "c"], new Blob(["1,2,0"]), "?decimal=comma");
  const paths = ["a", "b", "c"].map((id) => `/api/v1/sessions/${id}/points?decimal=comma`);
  assert.deepEqual([reply.path, asked], [paths[0], paths]);
});

test("what the first one refuses goes to nobody else", async (t) => {
  const asked = serverThat(t, 422);
  await assert.rejects(putTable(["a", "b"], new Blob([""]), ""), { message: "no table" });
  assert.deepEqual(asked, ["/api/v1/sessions/a/points"]);
});
