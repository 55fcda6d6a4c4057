import assert from "node:assert/strict";
import test from "node:test";
import { retryDelay_ms } from "../../static/js/core/backoff.js";
import { latestPerFrame, throttleNewest } from "../../static/js/core/pacing.js";
import { createStore } from "../../static/js/core/store.js";

test("many values in one display frame are drawn once, with the newest", () => {
  /** @type {number[]} */
  const drawn = [];
  /** @type {(() => void)[]} */
  const queue = [];
  const show = latestPerFrame(
    (/** @type {number} */ value) => drawn.push(value),
    (callback) => queue.push(callback),
  );
  [1, 2, 3].forEach(show);
  assert.equal(queue.length, 1);
  queue.shift()?.();
  assert.deepEqual(drawn, [3]);
  show(4);
  assert.equal(queue.length, 1);
});

test("a throttle sends the first value at once and the last one always", () => {
  /** @type {string[]} */
  const sent = [];
  let now = 0;
  /** @type {{callback: () => void, ms: number}|undefined} */
  let timer;
  const send = throttleNewest((/** @type {string} */ value) => sent.push(value), 50, {
    now: () => now,
    wait: (callback, ms) => (timer = { callback, ms }),
  });
  send("a");
  now = 20;
  send("b");
  send("c");
  assert.deepEqual([sent, timer?.ms], [["a"], 30]);
  now = 50;
  timer?.callback();
  assert.deepEqual(sent, ["a", "c"]);
});

test("a store tells its subscribers once per display frame", () => {
  /** @type {(() => void)[]} */
  const queue = [];
  const store = createStore({ a: 1, b: 1 }, (callback) => queue.push(callback));
  /** @type {object[]} */
  const heard = [];
  store.subscribe((state) => heard.push(state));
  store.update({ a: 2 });
  store.update({ b: 3 });
  queue.forEach((callback) => callback());
  assert.deepEqual(heard, [{ a: 2, b: 3 }]);
});

test("waits between attempts double up to a limit and are spread by half", () => {
  assert.equal(
    retryDelay_ms(0, () => 1),
    400,
  );
  assert.equal(
    retryDelay_ms(2, () => 1),
    1600,
  );
  assert.equal(
    retryDelay_ms(20, () => 1),
    8000,
  );
  assert.equal(
    retryDelay_ms(2, () => 0),
    800,
  );
});
