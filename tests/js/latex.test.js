import assert from "node:assert/strict";
import test from "node:test";
import { mathLines } from "../../static/js/core/latex.js";

/** @param {string} latex */
const one = (latex) => mathLines(latex)[0];

test("letters, numbers and signs stand one by one", () => {
  assert.equal(
    one("w \\leftarrow w - 0.5 \\eta g"),
    "<mi>w</mi><mo>←</mo><mi>w</mi><mo>−</mo><mn>0.5</mn><mi>η</mi><mi>g</mi>",
  );
});

test("scripts stand beside a letter, and below and above a sum", () => {
  assert.equal(one("w_i^2"), "<msubsup><mi>w</mi><mi>i</mi><mn>2</mn></msubsup>");
  assert.equal(one("v'"), "<msup><mi>v</mi><mo>′</mo></msup>");
  assert.equal(
    one("\\sum_{i = 1}^N"),
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover>",
  );
  assert.equal(one("\\max_k (z)"), "<munder><mi>max</mi><mi>k</mi></munder><mo>(</mo><mi>z</mi><mo>)</mo>");
});

test("fractions, roots and hats hold what is in their braces", () => {
  assert.equal(
    one("\\frac{1}{\\sqrt{\\hat{v}} + 10^{-8}}"),
    '<mfrac><mrow><mn>1</mn></mrow><mrow><msqrt><mrow><mover accent="true"><mrow><mi>v</mi></mrow><mo>^</mo></mover></mrow></msqrt>' +
      "<mo>+</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>8</mn></mrow></msup></mrow></mfrac>",
  );
});

test("a function keeps its distance from what has no bracket", () => {
  assert.equal(one("\\log p"), '<mi>log</mi><mspace width="0.17em"/><mi>p</mi>');
  assert.equal(one("\\tanh(z)"), "<mi>tanh</mi><mo>(</mo><mi>z</mi><mo>)</mo>");
});

test("each line by itself; text in the page's language", () => {
  assert.deepEqual(
    mathLines("a \\\\ b \\text{with noise}", (text) => text.toUpperCase()),
    ["<mi>a</mi>", "<mi>b</mi><mtext>WITH NOISE</mtext>"],
  );
});
