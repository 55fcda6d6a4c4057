import assert from "node:assert/strict";
import test from "node:test";

import { createSourceInTurns } from "../../static/js/api/turns.js";

/** Locks of one browser. */
function createLocks() {
  const taken = new Set();
  return /** @type {any} */ ({
    /** @param {string} name @param {object} _ @param {(lock: object|null) => any} callback */
    async request(name, _, callback) {
      if (taken.has(name)) return callback(null);
      taken.add(name);
      await callback({});
      taken.delete(name);
    },
  });
}

/** Every stream that was opened. */
function createSources() {
  /** @type {any[]} */
  const opened = [];
  class Source extends EventTarget {
    isOpen = true;
    constructor() {
      super();
      opened.push(this);
    }
    close() {
      this.isOpen = false;
    }
  }
  return { Source: /** @type {any} */ (Source), opened, openOnes: () => opened.filter(({ isOpen }) => isOpen).length };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("four frames keep their streams, the others look in and make room", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const [locks, { Source, opened, openOnes }] = [createLocks(), createSources()];
  const frames = Array.from({ length: 7 }, () => createSourceInTurns("/stream", { locks, Source }));
  /** @type {number[]} */
  const seen = [];
  frames.forEach((frame, i) => frame.addEventListener("frame", () => seen.push(i)));
  await settled();
  assert.equal(openOnes(), 7, "all look at first");
  for (const source of [...opened]) source.dispatchEvent(new Event("frame"));
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6]);
  assert.equal(openOnes(), 4, "three have seen a frame and rest");
  context.mock.timers.tick(1500);
  await settled();
  assert.equal(openOnes(), 7, "and look again");

  frames[0].close();
  for (const source of opened.slice(7)) source.dispatchEvent(new Event("frame"));
  await settled();
  context.mock.timers.tick(1500);
  await settled();
  for (const source of opened.slice(10)) source.dispatchEvent(new Event("frame"));
  assert.equal(openOnes(), 4, "one of them has taken the place that was left");
  frames.forEach((frame) => frame.close());
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(openOnes(), 0);
});
