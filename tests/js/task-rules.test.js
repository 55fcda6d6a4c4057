import assert from "node:assert/strict";
import test from "node:test";
import { patchForTask } from "../../static/js/core/task-changes.js";
import { inputFits } from "../../static/js/core/task-rules.js";
import { documentWith } from "./documents.js";

test("another task brings a loss and inputs that it can use", () => {
  const losses = [
    { name: "softmax", label: "", help: "", tasks: ["classification"] },
    { name: "squared", label: "", help: "", tasks: ["curve_fitting", "surface_fitting"] },
  ];
  const defaults = documentWith();
  assert.deepEqual(patchForTask(defaults, "curve_fitting", losses).network, { loss: "squared", inputs: ["x"] });
  assert.deepEqual(patchForTask(defaults, "surface_fitting", losses).network, { loss: "squared", inputs: ["x", "y"] });
  assert.deepEqual(patchForTask(defaults, "classification", losses).network, { loss: "softmax", inputs: ["x", "y"] });
  assert.ok(inputFits("sin(x)", "curve_fitting") && !inputFits("x*y", "curve_fitting"));
});
