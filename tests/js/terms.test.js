import assert from "node:assert/strict";
import { test } from "node:test";

import { createTerms, REMEMBERED_MS } from "../../static/js/core/terms.js";

test("frames of an earlier owner are old once one of a later owner was seen", () => {
  const terms = createTerms(() => 0);
  assert.equal(terms.isOld("a", "2-90"), false);
  assert.equal(terms.isOld("a", "10-1"), false, "terms are numbers, not texts");
  assert.equal(terms.isOld("a", "2-91"), true);
  assert.equal(terms.isOld("a", "10-2"), false);
});

test("each session has its own", () => {
  const terms = createTerms(() => 0);
  terms.isOld("a", "5-1");
  assert.equal(terms.isOld("b", "1-1"), false);
});

test("an earlier term counts again when nothing newer has come for long, as after a restored backup", () => {
  let now_ms = 0;
  const terms = createTerms(() => now_ms);
  terms.isOld("a", "5-1");
  now_ms = REMEMBERED_MS - 1;
  assert.equal(terms.isOld("a", "3-1"), true);
  now_ms = REMEMBERED_MS;
  assert.equal(terms.isOld("a", "3-2"), false);
  assert.equal(terms.isOld("a", "3-3"), false);
});

test("an event without an id is never old", () => {
  assert.equal(createTerms(() => 0).isOld("a", ""), false);
});
