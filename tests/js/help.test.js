import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { mathLines } from "../../static/js/core/latex.js";
import { PICTURES } from "../../static/js/views/help/pictures.js";
import { TRIES } from "../../static/js/views/help/tries.js";

const VIEWS = join(import.meta.dirname, "../../static/js/views");

/** Names that help buttons give: `about: "chart"`, and the kinds of the parts inside the network. */
const asked = readdirSync(VIEWS, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".js"))
  .flatMap((name) =>
    [...readFileSync(join(VIEWS, name), "utf8").matchAll(/about: "(\w+)"|\bpart\(\s*"(\w+)"/g)].map(
      ([, about, part]) => about ?? part,
    ),
  );

test("each picture that a button asks for has its help, and each help its button", () => {
  assert.deepEqual([...asked].sort(), Object.keys(PICTURES).sort());
});

test("a help is one to three short sentences, a try one or two", () => {
  const sentences = (/** @type {string} */ text) => text.match(/[.:](?= |$)/g)?.length ?? 0;
  for (const { what, trial } of Object.values(PICTURES)) {
    assert.ok(what.endsWith(".") && sentences(what) <= 4 && what.length <= 180, what);
    assert.ok(trial.endsWith("."), trial);
  }
  for (const trial of [...Object.values(TRIES), ...Object.values(PICTURES).map((picture) => picture.trial)]) {
    assert.ok(trial.endsWith(".") && sentences(trial) <= 3 && trial.length <= 160, trial);
  }
});

test("each formula of a picture is whole", () => {
  for (const { formula } of Object.values(PICTURES)) {
    for (const line of formula ? mathLines(formula) : []) {
      assert.equal(
        line.match(/<m/g)?.length,
        (line.match(/<\/m/g)?.length ?? 0) + (line.match(/\/>/g)?.length ?? 0),
        line,
      );
      assert.doesNotMatch(line, /undefined|[\\{}]/);
    }
  }
});
