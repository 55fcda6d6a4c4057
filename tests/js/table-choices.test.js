import assert from "node:assert/strict";
import test from "node:test";
import { isUsable, partsOf, queryOf, settled, withChoice } from "../../static/js/core/table-choices.js";
import { COMMAS, POINTS, conventions } from "../../static/js/core/table-convention.js";

/** @param {object} [changes] @returns {import("../../static/js/core/table-choices.js").Preview} */
const previewWith = (changes = {}) => ({
  dialect: {
    kind: "text",
    encoding: "utf-8",
    separator: "semicolon",
    decimal: "comma",
    header: true,
    sheet: null,
    sheets: [],
    encodings: ["utf-8"],
  },
  columns: [],
  proposals: { x: "1", y: "2", label: "3", value: "none", held_out: "none", unusable: "skip", rows: "sample" },
  classes: [],
  ranges: {},
  head: [],
  num_rows: 4,
  num_usable: 4,
  num_taken: 4,
  seed: 1,
  questions: [],
  problems: [],
  ...changes,
});

test("the import is told all that the preview shows, and the person's own choices before it", () => {
  assert.deepEqual(settled(previewWith(), { y: "4" }), {
    encoding: "utf-8",
    separator: "semicolon",
    decimal: "comma",
    header: true,
    x: "1",
    y: "4",
    label: "3",
    value: "none",
    held_out: "none",
    unusable: "skip",
    rows: "sample",
    seed: 1,
  });
});

test("a workbook has a sheet and no signs between cells", () => {
  const dialect = { ...previewWith().dialect, kind: "sheet", encoding: null, separator: null, sheet: "May" };
  const told = settled(previewWith({ dialect }), {});
  assert.equal(told.sheet, "May");
  assert.ok(!("separator" in told) && !("decimal" in told) && !("encoding" in told));
});

test("another separator or sheet makes choices about columns void", () => {
  const own = { x: "2", encoding: "utf-8", header: false };
  assert.deepEqual(withChoice(own, "separator", "tab"), { encoding: "utf-8", separator: "tab" });
  assert.deepEqual(withChoice(own, "x", "3"), { x: "3", encoding: "utf-8", header: false });
});

test("choices become a query", () => {
  assert.equal(queryOf({}), "");
  assert.equal(queryOf({ label: "größe & co", header: true }), "?label=gr%C3%B6%C3%9Fe+%26+co&header=true");
});

test("a table can be used once it has two different columns of coordinates and points", () => {
  const { proposals } = previewWith();
  assert.ok(isUsable(previewWith()));
  assert.ok(!isUsable(previewWith({ num_taken: 0 })));
  assert.ok(!isUsable(previewWith({ proposals: { ...proposals, y: "none" } })));
  assert.ok(!isUsable(previewWith({ proposals: { ...proposals, y: "1" } })));
});

test("each task has menus for what it reads", () => {
  assert.deepEqual(partsOf("classification"), ["x", "y", "label", "held_out"]);
  assert.deepEqual(partsOf("curve_fitting"), ["x", "y", "held_out"]);
  assert.deepEqual(partsOf("surface_fitting"), ["x", "y", "value", "held_out"]);
});

test("tables go out as spreadsheets write them in the reader's language, and the other way is offered too", () => {
  assert.deepEqual(conventions("de"), [COMMAS, POINTS]);
  assert.deepEqual(conventions("en"), [POINTS, COMMAS]);
});
