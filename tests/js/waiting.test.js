import assert from "node:assert/strict";
import test from "node:test";

import { createWaiting } from "../../static/js/core/waiting.js";

const PACE = 200; // so 100 steps are the most that one may be ahead

/** @param {number} step @param {string} [state] */
const at = (step, state = "running") => ({ step, state });
/** @param {...ReturnType<typeof at>} all @returns {[string, ReturnType<typeof at>][]} */
const named = (...all) => all.map((one, index) => ["ABCDEF"[index], one]);

test("who is far ahead of the last one waits until it has caught up", () => {
  const waiting = createWaiting();
  assert.deepEqual(waiting.look(named(at(100), at(0), at(40)), PACE), { pause: [], run: [] });
  assert.deepEqual(waiting.look(named(at(201), at(100), at(140)), PACE), { pause: ["A"], run: [] });
  assert.ok(waiting.has("A"));
  assert.deepEqual(waiting.look(named(at(203, "paused"), at(150), at(160)), PACE), { pause: [], run: [] });
  assert.deepEqual(waiting.look(named(at(203, "paused"), at(154), at(165)), PACE), { pause: [], run: ["A"] });
  assert.ok(waiting.has("A"), "until it is seen to run");
  assert.deepEqual(waiting.look(named(at(205), at(160), at(170)), PACE), { pause: [], run: [] });
  assert.ok(!waiting.has("A"));
});

test("a slow pace gives room for frames that come at different moments", () => {
  assert.deepEqual(createWaiting().look(named(at(19), at(0)), 1), { pause: [], run: [] });
});

test("nobody waits for one that has stopped by itself", () => {
  const waiting = createWaiting();
  waiting.look(named(at(201), at(100)), PACE);
  assert.deepEqual(waiting.look(named(at(201, "paused"), at(120, "diverged")), PACE), { pause: [], run: ["A"] });
  assert.deepEqual(waiting.look(named(at(900), at(120, "diverged")), PACE), { pause: [], run: [] });
});

test("what the person stops or sets going is forgotten", () => {
  const waiting = createWaiting();
  waiting.look(named(at(201), at(100)), PACE);
  assert.deepEqual(waiting.clear(), ["A"]);
  assert.ok(!waiting.has("A"));
  assert.deepEqual(waiting.look(named(at(201, "paused"), at(180, "paused")), PACE), { pause: [], run: [] });
});

test("who rests while others run, when a page is opened anew, has been waiting and goes on", () => {
  const standings = named(at(201, "paused"), at(120), at(150));
  const waiting = createWaiting(standings);
  assert.ok(waiting.has("A"));
  assert.deepEqual(waiting.look(named(at(201, "paused"), at(160), at(180)), PACE), { pause: [], run: ["A"] });
  assert.ok(!createWaiting(named(at(5, "paused"), at(5, "paused"))).has("A"));
});
