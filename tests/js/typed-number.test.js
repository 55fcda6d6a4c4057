import assert from "node:assert/strict";
import test from "node:test";
import { formatField } from "../../static/js/core/format.js";
import { parseNumber, typedValue } from "../../static/js/core/typed-number.js";

const plain = { label: "", help: "", type: "number" };
const accuracy = { ...plain, exclusive_minimum: 0, maximum: 1, nullable: true, percent: true };
const batch = { ...plain, type: "integer", minimum: 1, maximum: 2000, full: true };

test("typed numbers may use e-notation, a comma, a percent sign, or say off", () => {
  assert.equal(parseNumber(" 3e-4 ", false), 3e-4);
  assert.equal(parseNumber("0,5", false), 0.5);
  assert.equal(parseNumber("−2", false), -2);
  assert.equal(parseNumber("30 %", false), 0.3);
  assert.equal(parseNumber("off", false), 0);
  assert.equal(parseNumber("off", true), null);
  assert.equal(parseNumber("", true), null);
  assert.equal(parseNumber("", false), undefined);
  assert.equal(parseNumber("many", false), undefined);
  assert.equal(parseNumber("%", false), undefined);
  assert.equal(parseNumber("Infinity", false), undefined);
});

test("a percentage is typed as 95, 95 % or 0.95, and 1 is all of it", () => {
  for (const typed of ["95", "95 %", "95%", "0.95", "0,95"]) assert.equal(typedValue(typed, accuracy), 0.95, typed);
  assert.equal(typedValue("1", accuracy), 1);
  assert.equal(typedValue("0.5 %", accuracy), 0.005);
  assert.equal(typedValue("off", accuracy), null);
  assert.deepEqual(
    ["0", "101", "-5", "150 %", "150%"].map((typed) => typedValue(typed, accuracy)),
    Array(5).fill(undefined),
  );
  assert.equal(formatField(0.95, accuracy), "95");
  assert.equal(formatField(null, accuracy), "off");
});

test("thousands may be grouped, as the page writes them, where a field has so many", () => {
  for (const typed of ["1,500", "1.500", "1500"]) assert.equal(typedValue(typed, batch), 1500, typed);
  assert.equal(typedValue("1,500", { ...plain, maximum: 10 }), 1.5);
  assert.equal(typedValue("1,50", { ...plain, maximum: 5000 }), 1.5);
});

test("full is the largest value where that stands for all there is", () => {
  assert.equal(typedValue(" Full ", batch), 2000);
  assert.equal(formatField(2000, batch), "full");
  assert.equal(formatField(100, batch), "100");
  assert.equal(typedValue("full", plain), undefined);
});

test("values outside a field's range are no values", () => {
  assert.deepEqual(
    ["0", "2001", "2.5", "1", "1e3"].map((typed) => typedValue(typed, batch)),
    [undefined, undefined, undefined, 1, 1000],
  );
  const momentum = { ...plain, minimum: 0, exclusive_maximum: 1 };
  assert.deepEqual(
    ["0", "0.99", "1"].map((typed) => typedValue(typed, momentum)),
    [0, 0.99, undefined],
  );
});
