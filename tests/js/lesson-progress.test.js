import assert from "node:assert/strict";
import test from "node:test";

import { progressOf, withSolved } from "../../static/js/core/lesson-progress.js";

test("what is solved is kept once, by lesson", () => {
  const once = withSolved({ neuron: ["sum"] }, "layers", "two-layers");
  assert.deepEqual(withSolved(once, "layers", "two-layers"), { neuron: ["sum"], layers: ["two-layers"] });
});

test("rubbish in the browser's storage is no progress", () => {
  for (const text of [null, "", "{", "null", '{"neuron": 3}']) assert.deepEqual(progressOf(text), {});
  assert.deepEqual(progressOf('{"neuron": ["sum"]}'), { neuron: ["sum"] });
});
