import assert from "node:assert/strict";
import test from "node:test";

import { createLockstep } from "../../static/js/core/lockstep.js";

/** @param {number} step @param {string} [state] @param {string|null} [message] */
const at = (step, state = "paused", message = null) => ({ step, state, message });
/** @param {...ReturnType<typeof at>} all @returns {[string, ReturnType<typeof at>][]} */
const named = (...all) => all.map((one, index) => ["ABCD"[index], one]);

test("those behind take the rest once all have paused, and are told so once", () => {
  const lockstep = createLockstep(named(at(0), at(0), at(0)));
  lockstep.prepare("run", named(at(0), at(0), at(0)));
  assert.deepEqual(lockstep.missing(named(at(9), at(7), at(8))), [], "nobody has asked for a pause");
  lockstep.prepare("pause", named(at(9, "running"), at(7, "running"), at(8, "running")));
  assert.deepEqual(lockstep.missing(named(at(9), at(7, "running"), at(8))), []);
  const paused = named(at(9), at(7), at(8));
  assert.deepEqual(lockstep.missing(paused), [
    ["B", 2],
    ["C", 1],
  ]);
  assert.deepEqual(lockstep.missing(paused), [], "they are on their way");
  assert.deepEqual(lockstep.missing(named(at(9), at(9), at(9))), []);
});

test("quick clicks before a frame has told of running end at one step all the same", () => {
  const lockstep = createLockstep(named(at(5), at(5)));
  lockstep.prepare("run", named(at(5), at(5)));
  lockstep.prepare("pause", named(at(5), at(5)));
  assert.deepEqual(lockstep.missing(named(at(11), at(5))), [["B", 6]], "what is known of B may be old");
  assert.deepEqual(lockstep.missing(named(at(11), at(8))), [], "B has yet to take them");
  assert.deepEqual(lockstep.missing(named(at(11), at(14))), [["A", 3]]);
  lockstep.prepare("run", named(at(11), at(14)));
  lockstep.prepare("pause", named(at(11), at(14)));
  assert.deepEqual(lockstep.missing(named(at(20), at(17))), [["B", 3]], "they were to be level when they went on");
});

test("running that is asked for again changes nothing, but what was set back since the pause is left alone", () => {
  const lockstep = createLockstep(named(at(5), at(5)));
  lockstep.prepare("run", named(at(5), at(5)));
  lockstep.prepare("run", named(at(6, "running"), at(5)));
  lockstep.prepare("pause", named(at(6, "running"), at(5)));
  assert.deepEqual(lockstep.missing(named(at(9), at(7))), [["B", 2]]);
  assert.deepEqual(lockstep.missing(named(at(9), at(9))), []);
  lockstep.prepare("run", named(at(9), at(0)));
  lockstep.prepare("pause", named(at(20, "running"), at(11, "running")));
  assert.deepEqual(lockstep.missing(named(at(20), at(11))), []);
});

test("a step right after a pause leaves all at one step", () => {
  const lockstep = createLockstep(named(at(5), at(5)));
  lockstep.prepare("run", named(at(5), at(5)));
  lockstep.prepare("pause", named(at(9, "running"), at(7, "running")));
  assert.deepEqual(lockstep.missing(named(at(9), at(7))), [["B", 2]]);
  lockstep.prepare("step", named(at(9), at(7)), 1);
  assert.deepEqual(lockstep.missing(named(at(10), at(9))), [], "B has yet to take the step");
  assert.deepEqual(lockstep.missing(named(at(10), at(10))), []);
  lockstep.prepare("pause", named(at(9, "running"), at(7, "running")));
  lockstep.prepare("step", named(at(9), at(7)), 1);
  assert.deepEqual(lockstep.missing(named(at(10), at(8))), [["B", 2]], "nobody was on the way yet");
});

test("a step while they run is a pause, and all end at one step", () => {
  const lockstep = createLockstep(named(at(0), at(0)));
  lockstep.prepare("run", named(at(0), at(0)));
  lockstep.prepare("step", named(at(50, "running"), at(40, "running")), 1);
  assert.deepEqual(lockstep.missing(named(at(51), at(40, "running"))), []);
  assert.deepEqual(lockstep.missing(named(at(51), at(42))), [["B", 9]]);
});

test("a step that one has taken and the other has not told of yet is nobody's to catch up", () => {
  const lockstep = createLockstep(named(at(5), at(5)));
  lockstep.prepare("step", named(at(5), at(5)), 1);
  assert.deepEqual(lockstep.missing(named(at(6), at(5))), []);
  lockstep.prepare("step", named(at(6), at(5)), 1);
  assert.deepEqual(lockstep.missing(named(at(7), at(5))), []);
  lockstep.prepare("run", named(at(7), at(6)));
  assert.ok(lockstep.isTogether(), "they are level, though not all has been told");
  lockstep.prepare("pause", named(at(20, "running"), at(18, "running")));
  assert.deepEqual(lockstep.missing(named(at(20), at(18))), [["B", 2]]);
});

test("a new start of all makes them level", () => {
  const lockstep = createLockstep(named(at(5), at(50)));
  lockstep.prepare("reset", named(at(5), at(50)));
  assert.deepEqual(lockstep.missing(named(at(0), at(50))), [], "who has not told of it yet is not ahead");
  lockstep.prepare("run", named(at(0), at(50)));
  assert.ok(lockstep.isTogether());
});

test("those that were not level are left alone, and so is one that has stopped by itself", () => {
  const apart = createLockstep(named(at(5), at(50)));
  apart.prepare("run", named(at(5), at(50)));
  apart.prepare("pause", named(at(9, "running"), at(52, "running")));
  assert.deepEqual(apart.missing(named(at(9), at(55))), []);
  const stopped = createLockstep(named(at(0), at(0), at(0)));
  stopped.prepare("run", named(at(0), at(0), at(0)));
  stopped.prepare("pause", named(at(9, "running"), at(3), at(9, "running")));
  assert.deepEqual(stopped.missing(named(at(10), at(3, "paused", "Paused at epoch 1."), at(9))), [["C", 1]]);
});
