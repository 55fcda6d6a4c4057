import assert from "node:assert/strict";
import test from "node:test";

import { parametersIn, textOf } from "../../static/js/core/study-values.js";

test("lists, numbers and choices are read off their controls", () => {
  const controls = [
    { name: "hidden", type: "list", text: " 3, 6;20 50 " },
    { name: "activations", type: "list", text: "relu, tanh" },
    { name: "rate", type: "number", text: "0.1" },
    { name: "loss", type: "choice", text: "svm" },
  ];
  const parameters = { hidden: [3, 6, 20, 50], activations: ["relu", "tanh"], rate: 0.1, loss: "svm" };
  assert.deepEqual(parametersIn(controls), parameters);
});

test("what cannot be read stays as it is, for the server to refuse", () => {
  const broken = parametersIn([
    { name: "seeds", type: "number", text: "" },
    { name: "steps", type: "number", text: "many" },
  ]);
  assert.deepEqual(broken, { seeds: "", steps: "many" });
});

test("a value stands in its control as it would be typed", () => {
  assert.equal(textOf([3, 6]), "3, 6");
  assert.equal(textOf(0.5), "0.5");
});
