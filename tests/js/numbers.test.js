import assert from "node:assert/strict";
import test from "node:test";
import { asFactor, asTerm, formatNumber, formatWeight } from "../../static/js/core/numbers.js";

test("numbers keep three digits and a true minus sign", () => {
  assert.deepEqual([0, 0.5, -1.234, 12.34, 123.4, 23456, -2e-6, Infinity].map(formatNumber), [
    "0.000",
    "0.500",
    "−1.23",
    "12.3",
    "123",
    "2e4",
    "−2e−6",
    "∞",
  ]);
});

test("in a sum, signs stand apart and negative factors in brackets", () => {
  assert.equal(`${asFactor(-2)} ${asTerm(-0.5)} ${asTerm(1)}`, "(−2.00) − 0.500 + 1.00");
});

test("weights have four significant digits and no zeros behind them", () => {
  assert.deepEqual([0, -1.75, 0.158963, 1234.56, -2e-6, 0.5].map(formatWeight), [
    "0",
    "−1.75",
    "0.159",
    "1235",
    "−2.00e−6",
    "0.5",
  ]);
});
