import assert from "node:assert/strict";
import test from "node:test";

import { decimalSign, fixed, withSign } from "../../static/js/core/decimals.js";
import { parseNumber } from "../../static/js/core/typed-number.js";

test("each language has its decimal sign, and what is written with it is read", () => {
  assert.deepEqual(["en", "de", "fr"].map(decimalSign), [".", ",", ","]);
  assert.equal(withSign("−0.25", ","), "−0,25");
  assert.equal(withSign("1.5e-7", ","), "1,5e-7");
  assert.equal(withSign("12", ","), "12");
  assert.equal(withSign("0.5"), "0.5", "in English");
  assert.equal(fixed(-0.25, 1, ","), "−0,3", "with a true minus");
  assert.equal(fixed(1, 2), "1.00");
  assert.equal(parseNumber(withSign("0.25", ","), false), 0.25);
});
