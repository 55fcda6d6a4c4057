import assert from "node:assert/strict";
import test from "node:test";
import { createFineMaps } from "../../static/js/pages/fine-map.js";

/** @typedef {import("../../static/js/core/types.js").FineMap} FineMap */

const settle = () => new Promise((resolve) => setImmediate(resolve));

function start() {
  /** @type {{place: {layer: number, unit: number}, answer: (map: FineMap|null) => void}[]} */
  const asked = [];
  /** @type {(() => void)[]} */
  const rests = [];
  /** @type {FineMap[]} */
  const shown = [];
  const maps = createFineMaps({
    fetchMap: (place) =>
      new Promise((resolve, reject) =>
        asked.push({ place, answer: (map) => (map ? resolve(map) : reject(new Error("gone"))) }),
      ),
    onMap: (map) => shown.push(map),
    wait: (callback) => rests.push(callback),
  });
  return { maps, asked, rests, shown };
}

/** @param {number} unit @returns {FineMap} */
const map = (unit) => ({ layer: 1, unit, rows: 1, cols: 1, step: 0, values: "A", value_range: [0, 1] });

test("one request is under way at a time, and the newest wish is next", async () => {
  const { maps, asked, rests, shown } = start();
  for (const unit of [0, 1, 2]) maps.want({ layer: 1, unit }, true);
  assert.deepEqual(
    asked.map(({ place }) => place.unit),
    [0],
  );
  asked[0].answer(map(0));
  await settle();
  assert.equal(asked.length, 1, "it rests first");
  rests[0]();
  assert.deepEqual(
    asked.map(({ place }) => place.unit),
    [0, 2],
  );
  assert.deepEqual(
    shown.map(({ unit }) => unit),
    [0],
  );
});

test("inputs are not asked for, and a unit that is gone does no harm", async () => {
  const { maps, asked, rests, shown } = start();
  maps.want({ layer: 0, unit: 0 }, true);
  assert.equal(asked.length, 0);
  maps.want({ layer: 1, unit: 0 }, true);
  asked[0].answer(null);
  await settle();
  rests[0]();
  maps.want({ layer: 1, unit: 1 }, true);
  assert.equal(asked.length, 2);
  assert.deepEqual(shown, []);
});
