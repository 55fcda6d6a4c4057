import assert from "node:assert/strict";
import test from "node:test";

import { MOST_RETRIES } from "../../static/js/api/persistently.js";
import { inWords } from "../../static/js/core/marks.js";
import { followMarks } from "../../static/js/pages/marks.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** @type {any} */
const FIELDS = {
  "training.l2": { label: "L2" },
  "training.shuffle": { label: "Shuffle", type: "boolean" },
  "network.hidden.units": { label: "Units" },
  "network.loss": { label: "Loss", choices: [{ name: "svm", label: "SVM" }] },
};
/** @param {object} parts @returns {any} */
const mark = (parts) => ({ step: 120, before: null, after: null, layer: null, unit: null, ...parts });
/** @param {object} parts */
const words = (parts) => {
  const { step, name, from, to } = inWords(mark(parts), FIELDS);
  assert.equal(step, 120);
  return [name, from, to];
};

test("a setting is called as its control, its values as they stand there", () => {
  assert.deepEqual(words({ field: "training.l2", before: 0, after: 0.5 }), ["L2", "0", "0.5"]);
  assert.deepEqual(words({ field: "network.loss", before: "svm", after: null }), ["Loss", "SVM", "–"]);
  assert.deepEqual(words({ field: "training.shuffle", before: true, after: false }), ["Shuffle", "on", "off"]);
  assert.deepEqual(words({ field: "network.hidden.units", layer: 2, before: 2, after: 3 }), [
    "Hidden layer 2: Units",
    "2",
    "3",
  ]);
});

test("points are told by their number, or as others", () => {
  assert.deepEqual(words({ field: "points", before: 1, after: 2 }), ["Points", "1", "2"]);
  assert.deepEqual(words({ field: "points", before: 1, after: 1 }), ["Points", "1", "others"]);
});

test("weights set by hand are told by their place, counted from one", () => {
  assert.deepEqual(words({ field: "weights", layer: 1, unit: 2, after: 1.5 }), [
    "Weight of layer 1, unit 3",
    "by hand",
    "1.5",
  ]);
  assert.equal(words({ field: "biases", layer: 2, unit: 0, after: -2 })[0], "Bias of layer 2, unit 1");
  assert.equal(words({ field: "model" })[2], "by hand");
});

test("marks that the server could not tell at once are asked for again", async ({ mock }) => {
  mock.method(globalThis, "setTimeout", (/** @type {Function} */ act, /** @type {number} */ _, /** @type {any} */ id) =>
    setImmediate(() => act(id)),
  );
  const answers = [
    Response.json({}, { status: 503 }),
    Response.json({ marks: [mark({ field: "training.l2", before: 0, after: 1 })] }),
  ];
  mock.method(globalThis, "fetch", async () => answers.shift());
  /** @type {any} */
  const state = { snapshot: { marks: 1 }, editId: "e1", viewId: "v1" };
  const found = await new Promise((resolve) => {
    const marks = followMarks({ fields: FIELDS, onMarks: () => resolve(marks.of(state)) });
    assert.deepEqual(marks.of(state), []);
  });
  assert.equal(found.length, 1);
});

test("marks that were asked for in vain for long are asked for again with the next snapshot", async ({ mock }) => {
  mock.method(globalThis, "setTimeout", (/** @type {Function} */ act, /** @type {number} */ _, /** @type {any} */ id) =>
    setImmediate(() => act(id)),
  );
  let asked = 0;
  mock.method(globalThis, "fetch", async () => {
    asked += 1;
    if (asked <= MOST_RETRIES + 1) return Response.json({}, { status: 503 });
    return Response.json({ marks: [mark({ field: "training.l2", before: 0, after: 1 })] });
  });
  /** @type {any} */
  const state = { snapshot: { marks: 1 }, editId: "e1", viewId: "v1" };
  const marks = followMarks({ fields: FIELDS, onMarks: () => {} });
  for (let snapshots = 0; asked <= MOST_RETRIES + 1 && snapshots < 100; snapshots++) {
    marks.of(state);
    await settle();
  }
  await settle();
  assert.equal(marks.of(state).length, 1);
  await settle();
  assert.equal(asked, MOST_RETRIES + 2, "once they are here they are not asked for any more");
});
