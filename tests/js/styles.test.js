import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const FOLDER = join(import.meta.dirname, "../../static/css");
const SHEETS = readdirSync(FOLDER).filter((name) => name.endsWith(".css"));
const NAME = /[.#][a-zA-Z][\w-]*/g;

/** @param {string} sheet */
const textOf = (sheet) => readFileSync(join(FOLDER, sheet), "utf8");

/** The selectors of a sheet, one by one; those of @media and @container blocks too. @param {string} css */
function selectorsOf(css) {
  const heads = css.replaceAll(/\/\*.*?\*\//gs, "").matchAll(/([^{};]+)\{/g);
  return [...heads]
    .map(([, head]) => head.trim())
    .filter((head) => !/^(@|from$|to$|\d+%)/.test(head))
    .flatMap(apart);
}

/** A list of selectors apart, but for the commas inside brackets. @param {string} list */
function apart(list) {
  let depth = 0;
  const marked = [...list].map((letter) => {
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    return letter === "," && depth === 0 ? "\n" : letter.replace("\n", " ");
  });
  return marked
    .join("")
    .split("\n")
    .map((selector) => selector.trim());
}

/** Classes and ids that a selector names. @param {string} selector @returns {string[]} */
const namesIn = (selector) => selector.match(NAME) ?? [];

/** Is a name styled here as it is everywhere, and not only inside something else? @param {string} selector */
const isOwn = (selector) => /^[.#][\w-]+(?![\w-]|\.|#)[^ >+~]*$/.test(selector) && namesIn(selector).length === 1;

/** Sheets of another medium say of all parts how they look there. */
const MEDIA = ["paper.css", "forced-colors.css"];
const ON_SCREEN = SHEETS.filter((sheet) => !MEDIA.includes(sheet));

const all = ON_SCREEN.flatMap((sheet) => selectorsOf(textOf(sheet)).map((selector) => ({ sheet, selector })));

/** @param {Record<string, Set<string>>} sheets @param {string} name @param {string} sheet */
const note = (sheets, name, sheet) => (sheets[name] ??= new Set()).add(sheet);

/** By name: the sheets that say how it looks everywhere, else the one sheet whose selectors begin with it. @type {Record<string, Set<string>>} */
const homes = {};
/** @type {Record<string, Set<string>>} */
const leading = {};
for (const { sheet, selector } of all) {
  const names = namesIn(selector);
  if (isOwn(selector)) note(homes, names[0], sheet);
  for (const name of names) if (selector.startsWith(name)) note(leading, name, sheet);
}
for (const [name, sheets] of Object.entries(leading)) if (sheets.size === 1) homes[name] ??= sheets;

test("each class has its look from one sheet", () => {
  const scattered = Object.entries(homes).filter(([, sheets]) => sheets.size > 1);
  assert.deepEqual(
    scattered.map(([name, sheets]) => `${name}: ${[...sheets].join(", ")}`),
    [],
  );
});

test("what a sheet says of another's class it says of that inside its own", () => {
  const strange = all.filter(({ sheet, selector }) => {
    const known = namesIn(selector).filter((name) => homes[name]);
    return known.length > 0 && !known.some((name) => homes[name].has(sheet));
  });
  assert.deepEqual(
    strange.map(({ sheet, selector }) => `${sheet}: ${selector}`),
    [],
  );
});

test("a sheet of another medium speaks of that medium alone", () => {
  for (const sheet of MEDIA)
    assert.match(textOf(sheet), /^\/\*[^{]*?\*\/\s*@media (print|\(forced-colors: active\)) \{[^]*\n\}\n$/);
});

test("no sheet is long, and each begins by saying what it styles", () => {
  for (const sheet of SHEETS) {
    assert.ok(textOf(sheet).split("\n").length <= 400, `${sheet} is too long`);
    assert.match(textOf(sheet), /^\/\* [A-Z]/, sheet);
  }
});
