import assert from "node:assert/strict";
import test from "node:test";
import { hasAlarm, isAlarming } from "../../static/js/core/alarms.js";
import { alarmText, CODES, findingsOf, healthOf } from "../../static/js/core/health.js";

/** @typedef {import("../../static/js/core/types.js").LayerHealth} LayerHealth */

const FIGURES = { dead_fraction: 0, saturated_fraction: 0.1, update_ratio: 1e-3, gradient_norm: 0.1 };

/** A layer and what the engine found in it: "dead" is an alarm, "dying?" a thing to watch. @param {string[]} found @param {Partial<LayerHealth>} [figures] @returns {LayerHealth} */
const layer = (found, figures = {}) => ({
  ...FIGURES,
  activation_norm: 1,
  sign_agreement: null,
  ...figures,
  findings: /** @type {any[]} */ (
    found.map((code) => ({ code: code.replace("?", ""), status: code.endsWith("?") ? "watch" : "alarm" }))
  ),
});
const statuses = (/** @type {string[]} */ found, activation = "tanh") =>
  findingsOf(layer(found), activation).map(({ status }) => status);

test("a layer in which the engine found nothing has nothing but good findings", () => {
  assert.deepEqual(statuses([]), ["good", "good", "good", "good"]);
});

test("what the engine found stands in its column, with its status", () => {
  assert.deepEqual(statuses(["dying?", "saturated", "large_steps?", "vanishing?"]), [
    "watch",
    "alarm",
    "watch",
    "watch",
  ]);
  assert.deepEqual(statuses(["huge_steps"]), ["good", "good", "alarm", "good"]);
});

test("every finding of the engine has words of its own that say what to try", () => {
  const all = CODES.map(
    (code) => findingsOf(layer([code]), "tanh").find(({ status }) => status === "alarm")?.words ?? "",
  );
  assert.equal(new Set(all).size, CODES.length);
  for (const words of all.filter((text) => !/arrived/.test(text))) assert.match(words, /[Ll]ower|Use|use|More/);
});

test("the figures are judged by the engine alone", () => {
  const wild = layer([], { dead_fraction: 1, saturated_fraction: 1, update_ratio: 9, gradient_norm: 1e9 });
  assert.deepEqual(
    findingsOf(wild, "tanh").map(({ status }) => status),
    ["good", "good", "good", "good"],
  );
  assert.ok(!isAlarming([wild]));
});

test("a ReLU that is off for part of the points is no matter to judge", () => {
  assert.equal(statuses([], "relu")[1], "none");
});

test("what is not known is a dash without a verdict", () => {
  const unknown = { dead_fraction: null, saturated_fraction: null, update_ratio: null, gradient_norm: null };
  assert.deepEqual(
    findingsOf(layer([], unknown), "relu").map(({ text, status }) => text + status),
    ["–none", "–none", "–none", "–none"],
  );
});

test("a ratio to weights that are all 0 is not known, though there are training points", () => {
  const [, , steps] = findingsOf(layer([], { update_ratio: null, gradient_norm: 0 }), "tanh");
  assert.equal(steps.text, "–");
  assert.doesNotMatch(steps.words, /training points/);
});

test("the output layer cannot die, and the alarms read as one line", () => {
  const health = healthOf(
    [layer(["dead"], { dead_fraction: 0.5 }), layer([], { dead_fraction: 0.9 })],
    [{ activation: "relu" }],
  );
  assert.equal(alarmText(health), "Hidden layer 1: dead units 50.0 %");
  assert.equal(health[1].name, "Output layer");
  assert.deepEqual(
    health[1].findings.slice(0, 2).map(({ text, status }) => text + status),
    ["–none", "–none"],
  );
  assert.equal(alarmText(healthOf([layer([]), layer([])], [{ activation: "relu" }])), "");
});

test("many alarms stay one short line: the first, and how many more", () => {
  const bad = layer(["dead", "huge_steps"], { dead_fraction: 0.9, update_ratio: 1 });
  const health = healthOf([bad, bad, layer(["huge_steps"])], [{ activation: "relu" }, { activation: "relu" }]);
  assert.equal(alarmText(health), "Hidden layer 1: dead units 90.0 % + 4");
});

test("a dead layer is told to lower the learning rate, and nowhere that it is too low", () => {
  const findings = findingsOf(layer(["dead"], { update_ratio: 0, gradient_norm: 0 }), "relu");
  assert.deepEqual(
    findings.map(({ status }) => status),
    ["alarm", "none", "none", "none"],
  );
  assert.match(findings[0].words, /Lower the learning rate/);
  assert.ok(findings.every(({ words }) => !words.includes("too low")));
  assert.equal(statuses(["dead", "large_steps?"], "relu")[2], "watch");
});

test("there is an alarm exactly when a finding says so", () => {
  const hidden = [{ activation: "tanh" }, { activation: "relu" }];
  for (const found of [[], ["dead"], ["dying?"], ["saturated"], ["huge_steps"], ["exploding?"]]) {
    for (const index of [0, 1, 2]) {
      const layers = [0, 1, 2].map((at) => layer(at === index ? found : []));
      assert.equal(isAlarming(layers), alarmText(healthOf(layers, hidden)) !== "", JSON.stringify([index, found]));
    }
  }
  assert.ok(hasAlarm(layer(["dead"]), ["dead", "saturated"]));
  assert.ok(!hasAlarm(layer(["huge_steps"]), ["dead", "saturated"]));
});

test("large inputs, which the engine names, are the first alarm and the one with a remedy", () => {
  const layers = [layer(["large_inputs", "dying?"]), layer([])];
  const health = healthOf(layers, [{ activation: "relu" }]);
  assert.equal(alarmText(health), "Hidden layer 1: inputs large");
  assert.match(health[0].causes[0].words, /^Inputs are large: scale them/);
  assert.deepEqual(health[1].causes, []);
  assert.ok(isAlarming(layers));
});
