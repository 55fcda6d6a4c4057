import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import test from "node:test";

const ROOT = join(import.meta.dirname, "../../static/js");

/** Who may import whom: pages -> views, api -> draw -> core. Types count too. */
const BELOW = {
  pages: ["pages", "views", "api", "draw", "core"],
  views: ["views", "draw", "core"],
  api: ["api", "core"],
  draw: ["draw", "core"],
  core: ["core"],
};

const modules = Object.keys(BELOW).flatMap((layer) =>
  readdirSync(join(ROOT, layer), { recursive: true })
    .map((name) => join(layer, String(name)))
    .filter((name) => name.endsWith(".js")),
);

/** @param {string} module */
const textOf = (module) => readFileSync(join(ROOT, module), "utf8");

test("imports run downwards only", () => {
  for (const module of modules) {
    const layer = /** @type {keyof typeof BELOW} */ (module.split("/")[0]);
    for (const [, target] of textOf(module).matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
      const imported = relative(ROOT, join(ROOT, dirname(module), target)).split("/")[0];
      assert.ok(BELOW[layer].includes(imported), `${module} imports ${target}`);
    }
  }
});

test("every module begins by saying what it does, and none is long", () => {
  for (const module of modules) {
    const text = textOf(module);
    assert.match(text, /^\/\/ [A-Z]/, module);
    assert.ok(text.split("\n").length <= 250, `${module} is too long`);
  }
});

test("what a module exports, another one or a test imports", () => {
  const tests = readdirSync(import.meta.dirname).map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));
  /** In how many texts each word stands. @type {Map<string, number>} */
  const counts = new Map();
  for (const text of [...modules.map(textOf), ...tests])
    for (const word of new Set(text.match(/\w+/g))) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const module of modules)
    for (const [, name] of textOf(module).matchAll(/^export (?:async )?(?:function|const) (\w+)/gm))
      assert.ok(Number(counts.get(name)) > 1, `${module} exports ${name} to nobody`);
});

test("the page fetches in advance exactly the modules that it uses", () => {
  const listed = [
    ...readFileSync(join(ROOT, "../../templates/modules.html"), "utf8").matchAll(/"([a-z-]+(?:\/[a-z-]+)+)"/g),
  ].map(([, name]) => `${name}.js`);
  /** @type {Set<string>} */
  const used = new Set();
  /** @param {string} module */
  const visit = (module) => {
    if (used.has(module)) return;
    used.add(module);
    for (const [, whole, last] of textOf(module).matchAll(
      /^(?:import|export) .*?from "(\.[^"]+)"|^} from "(\.[^"]+)"/gm,
    )) {
      visit(relative(ROOT, join(ROOT, dirname(module), whole ?? last)));
    }
  };
  visit("pages/playground.js");
  used.delete("pages/playground.js");
  assert.deepEqual([...listed].sort(), [...used].sort());
});

test("a text that is translated is found: never inside a template literal", () => {
  for (const module of modules) assert.doesNotMatch(textOf(module), /\$\{tn?\(/, module);
});
