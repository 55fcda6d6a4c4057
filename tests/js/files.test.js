import assert from "node:assert/strict";
import test from "node:test";
import { fileStem } from "../../static/js/core/file-names.js";
import { parseExperiment } from "../../static/js/pages/opening-files.js";
import { FIELDS_WITH_FORMULA } from "../../static/js/views/help/formulas.js";
import { PRESETS } from "../../static/js/pages/presets/table.js";
import { positionOf, stepAt } from "../../static/js/views/results/time-panel.js";

test("an experiment's file holds a document, and perhaps a model and how training stands", () => {
  const document = { classes: 3 };
  const older = { document, model: { layers: [] } };
  const whole = { ...older, training: "bm4=", series: { step: [] } };
  const nothing = { model: undefined, training: undefined, series: undefined };
  assert.deepEqual(parseExperiment(JSON.stringify(whole)), whole);
  assert.deepEqual(parseExperiment(JSON.stringify(older)), { ...nothing, ...older });
  assert.deepEqual(parseExperiment('{"classes": 3}'), { ...nothing, document });
  assert.throws(() => parseExperiment("{"), /not JSON/);
  assert.throws(() => parseExperiment("3"), /no experiment/);
});

test("titles become file names, and a file without a title is named after its experiment", () => {
  assert.equal(fileStem("Two spirals: α & β!", ""), "two-spirals-α-β");
  assert.equal(fileStem("a_b", ""), "a-b");
  assert.equal(fileStem("", "vAbCdEf-ghi"), "nnlab-vAbCdEf-");
});

test("the gallery has at least twelve experiments, each with one short text on what to notice", () => {
  assert.ok(PRESETS.length >= 12);
  assert.equal(new Set(PRESETS.map(({ title }) => title)).size, PRESETS.length);
  for (const { title, notice } of PRESETS) assert.ok(notice.length > 30 && notice.length < 160, title);
});

test("each of them has something to try, and a question that ends as one", () => {
  for (const { title, trials, question, answer } of PRESETS) {
    assert.ok(trials.length >= 2, title);
    assert.match(question, /\?$/, title);
    assert.match(answer, /\.$/, title);
  }
});

test("the time slider's positions and steps are each other's inverse", () => {
  assert.deepEqual([stepAt(0, [5, 105]), stepAt(100, [5, 105]), stepAt(50, [5, 105])], [5, 105, 55]);
  assert.deepEqual([stepAt(1000, [0, 9000]), stepAt(500, [0, 9000])], [9000, 4500]);
  assert.deepEqual([positionOf(55, [5, 105]), positionOf(4500, [0, 9000]), positionOf(7, [7, 7])], [50, 500, 1]);
});

test("an arrow key on the slider of moments always leads to another step", () => {
  for (const last of [1, 20, 499, 500, 700, 999, 1000, 1499, 100_000])
    for (const step of [1, Math.ceil(last / 3), last])
      assert.ok(stepAt(positionOf(step, [0, last]) - 1, [0, last]) < step, `${step} of ${last}`);
});

test("each formula belongs to a field of the document", () => {
  for (const path of FIELDS_WITH_FORMULA) assert.match(path, /^(network|training)(\.[a-z0-9_]+)+$/);
  assert.ok(FIELDS_WITH_FORMULA.length >= 12);
});
