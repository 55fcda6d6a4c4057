import assert from "node:assert/strict";
import test from "node:test";

import { differences, haveSameData, isCommon, overOneAxis, peculiarities } from "../../static/js/core/comparison.js";
import { emptySeries } from "../../static/js/core/series.js";

/** @type {any} */
const FIELDS = {
  "training.learning_rate": { label: "Learning rate" },
  "training.optimizer": {
    label: "Optimizer",
    choices: [
      { name: "sgd", label: "SGD" },
      { name: "adam", label: "Adam" },
    ],
  },
  "network.hidden": { label: "Hidden layers" },
  "network.hidden.units": { label: "Units" },
};

/** @param {object} training @param {object[]} hidden @returns {any} */
const documentOf = (training, hidden = [{ units: 6 }]) => ({
  task: "classification",
  classes: 2,
  points: [],
  network: { hidden, skips: [] },
  training: { learning_rate: 0.1, optimizer: "sgd", ...training },
});

test("points, data and running are common; settings, weights and taking back are not", () => {
  const common = /** @type {any[]} */ ([
    { kind: "add", points: [] },
    { kind: "edit", edits: [{ id: 1, fields: {} }] },
    { kind: "remove", ids: [1] },
    { kind: "clear" },
    { kind: "command", name: "run" },
    { kind: "command", name: "dataset" },
    { kind: "patch", patch: { classes: 3, network: { loss: "softmax" } } },
    { kind: "patch", patch: { class_names: ["a", "b"] } },
    { kind: "patch", patch: { pace: { steps_per_second: 10 } } },
    { kind: "patch", patch: { training: { l2: 1 } }, isForAll: true },
  ]);
  const own = /** @type {any[]} */ ([
    { kind: "patch", patch: { training: { learning_rate: 1 } } },
    { kind: "patch", patch: { title: "B" } },
    { kind: "weight", entry: {} },
    { kind: "command", name: "undo" },
    { kind: "command", name: "redo" },
  ]);
  assert.ok(common.every(isCommon));
  assert.ok(!own.some(isCommon));
});

test("differences are told by label, menus by their words, layers by number", () => {
  const a = documentOf({}, [{ units: 6 }, { units: 2 }]);
  const b = documentOf({ learning_rate: 0.5, optimizer: "adam" }, [{ units: 6 }, { units: 4 }]);
  assert.deepEqual(differences(a, a, FIELDS), []);
  assert.deepEqual(differences(a, b, FIELDS), [
    { name: "Hidden layer 2: Units", a: "2", b: "4" },
    { name: "Learning rate", a: "0.1", b: "0.5" },
    { name: "Optimizer", a: "SGD", b: "Adam" },
  ]);
  assert.deepEqual(differences(a, documentOf({}), FIELDS), [{ name: "Hidden layers", a: "2", b: "1" }]);
});

test("what a setting has not got is a dash, a switch is on or off, and pairs stay pairs", () => {
  const [a, b] = [documentOf({ shuffle: true, max_norm: null }), documentOf({ shuffle: false, max_norm: 2 })];
  b.dataset = { name: "circle" };
  b.network.skips = [
    [0, 2],
    [0, 3],
  ];
  assert.deepEqual(peculiarities([b, a], FIELDS), [
    "skips 0→2, 0→3, shuffle off, max_norm 2, name circle",
    "skips –, shuffle on, max_norm –, name –",
  ]);
});

test("the same data means the same points, classes and task", () => {
  const a = documentOf({});
  assert.ok(haveSameData(a, documentOf({ learning_rate: 2 })));
  assert.ok(!haveSameData(a, { ...a, classes: 3 }));
  assert.ok(!haveSameData(a, { ...a, class_names: ["a", "b"] }));
  assert.ok(!haveSameData(a, { ...a, points: [{ x: 1, y: 1, label: 0 }] }));
});

test("what is peculiar to each is its value of every setting in which not all agree", () => {
  const [a, b, c] = [documentOf({}), documentOf({ learning_rate: 0.5 }), documentOf({ optimizer: "adam" })];
  assert.deepEqual(peculiarities([a, b, c], FIELDS), [
    "Learning rate 0.1, Optimizer SGD",
    "Learning rate 0.5, Optimizer SGD",
    "Learning rate 0.1, Optimizer Adam",
  ]);
  assert.deepEqual(peculiarities([a, a], FIELDS), ["", ""]);
});

test("series over one axis: every step of any, on the line between known ones, null beyond", () => {
  const a = { ...emptySeries(), step: [0, 10, 20], loss: [3, 2, 1] };
  const b = { ...emptySeries(), step: [10, 16], loss: [2, 5] };
  assert.deepEqual(overOneAxis([a, b, emptySeries()], "loss"), {
    steps: [0, 10, 16, 20],
    values: [
      [3, 2, 1.4, 1],
      [null, 2, 5, null],
      [null, null, null, null],
    ],
  });
  const gap = { ...emptySeries(), step: [0, 10, 20], loss: [3, null, 1] };
  assert.deepEqual(overOneAxis([gap, b], "loss").values[0], [3, null, null, 1]);
});
