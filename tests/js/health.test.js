import assert from "node:assert/strict";
import test from "node:test";
import { isAlarming } from "../../static/js/core/alarms.js";
import { alarmText, findingsOf, healthOf } from "../../static/js/core/health.js";

const WELL = { dead_fraction: 0, saturated_fraction: 0.1, update_ratio: 1e-3, gradient_norm: 0.1 };
const statuses = (/** @type {object} */ changes, activation = "tanh") =>
  findingsOf({ ...WELL, ...changes }, activation, { outputGradient: 0.1 }).map(({ status }) => status);

test("a healthy layer has nothing but good findings", () => {
  assert.deepEqual(statuses({}), ["good", "good", "good", "good"]);
});

test("forty percent dead is the alarm of the note", () => {
  assert.equal(statuses({ dead_fraction: 0.4 }, "relu")[0], "alarm");
  assert.equal(statuses({ dead_fraction: 0.39 }, "relu")[0], "watch");
  assert.equal(statuses({ dead_fraction: 0.05 }, "relu")[0], "good");
});

test("a ReLU that is off for half of the points is no worry, a tanh in its flat ends is", () => {
  assert.equal(statuses({ saturated_fraction: 0.8 }, "relu")[1], "none");
  assert.equal(statuses({ saturated_fraction: 0.8 }, "tanh")[1], "alarm");
  assert.equal(statuses({ saturated_fraction: 0.5 }, "sigmoid")[1], "watch");
});

test("updates far from a thousandth of the weights are named, too large and too small", () => {
  assert.deepEqual(
    [0.2, 0.02, 1e-3, 1e-6].map((update_ratio) => statuses({ update_ratio })[2]),
    ["alarm", "watch", "good", "watch"],
  );
});

test("gradients that vanish on the way back, or explode", () => {
  assert.deepEqual(
    [0, 1e-5, 1e-3, 1000].map((gradient_norm) => statuses({ gradient_norm })[3]),
    ["watch", "watch", "good", "watch"],
  );
});

test("what is not known is a dash without a verdict", () => {
  const findings = findingsOf(
    { dead_fraction: null, saturated_fraction: null, update_ratio: null, gradient_norm: null },
    "relu",
    { outputGradient: null },
  );
  assert.deepEqual(
    findings.map(({ text, status }) => text + status),
    ["–none", "–none", "–none", "–none"],
  );
});

test("the output layer cannot die, and the alarms read as one line", () => {
  const health = healthOf(
    [
      { ...WELL, dead_fraction: 0.5 },
      { ...WELL, dead_fraction: 0.9 },
    ],
    [{ activation: "relu" }],
  );
  assert.equal(alarmText(health), "Hidden layer 1: dead units 50.0 %");
  assert.equal(health[1].name, "Output layer");
  assert.equal(alarmText(healthOf([WELL, WELL], [{ activation: "relu" }])), "");
});

test("many alarms stay one short line: the first, and how many more", () => {
  const bad = { ...WELL, dead_fraction: 0.9, update_ratio: 1 };
  const health = healthOf([bad, bad, { ...WELL, update_ratio: 1 }], [{ activation: "relu" }, { activation: "relu" }]);
  assert.equal(alarmText(health), "Hidden layer 1: dead units 90.0 % + 4");
});

test("a dead layer is told to lower the learning rate, and nowhere that it is too low", () => {
  for (const small of [
    { update_ratio: 0, gradient_norm: 0 },
    { update_ratio: 1e-7, gradient_norm: 1e-9 },
  ]) {
    const findings = findingsOf({ ...WELL, dead_fraction: 1, ...small }, "relu", { outputGradient: 1 });
    assert.deepEqual(
      findings.map(({ status }) => status),
      ["alarm", "none", "none", "none"],
    );
    assert.ok(findings.every(({ words }) => !words.includes("too low")));
  }
  assert.equal(statuses({ dead_fraction: 0.9, update_ratio: 0.02 }, "relu")[2], "watch");
  assert.equal(statuses({ update_ratio: 0, gradient_norm: 0 }, "relu")[2], "watch");
});

test("every worry says what to try", () => {
  const worries = findingsOf(
    { dead_fraction: 0.9, saturated_fraction: 0.9, update_ratio: 1, gradient_norm: 1e-9 },
    "tanh",
    { outputGradient: 1 },
  );
  for (const { words } of worries) assert.match(words, /Lower|Use|use|Reset/);
});

test("there is an alarm exactly when a finding says so", () => {
  const hidden = [{ activation: "tanh" }, { activation: "relu" }];
  const well = { dead_fraction: 0, saturated_fraction: 0, update_ratio: 1e-3, gradient_norm: 1 };
  for (const change of [
    {},
    { dead_fraction: 0.4 },
    { dead_fraction: 0.39 },
    { saturated_fraction: 0.75 },
    { update_ratio: 0.1 },
    { update_ratio: null },
  ]) {
    for (const index of [0, 1, 2]) {
      const layers = /** @type {any[]} */ (
        [well, well, well].map((layer, at) => (at === index ? { ...layer, ...change } : layer))
      );
      assert.equal(
        isAlarming(layers, hidden),
        alarmText(healthOf(layers, hidden)) !== "",
        JSON.stringify([index, change]),
      );
    }
  }
});

test("large inputs, which the engine names, are the first alarm and the one with a remedy", () => {
  const first = { ...WELL, dead_fraction: 0.2, findings: [{ code: "large_inputs", status: "alarm" }] };
  const health = healthOf([first, WELL], [{ activation: "relu" }]);
  assert.equal(alarmText(health), "Hidden layer 1: inputs large");
  assert.match(health[0].causes[0].words, /^Inputs are large: scale them/);
  assert.deepEqual(health[1].causes, []);
  assert.ok(isAlarming([first, WELL], [{ activation: "relu" }]));
  assert.ok(!isAlarming([{ ...first, findings: [] }, WELL], [{ activation: "relu" }]));
});
