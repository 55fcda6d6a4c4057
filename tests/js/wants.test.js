import assert from "node:assert/strict";
import test from "node:test";
import { mergedWant, streamQuery } from "../../static/js/core/wants.js";

/** @typedef {import("../../static/js/core/wants.js").Want} Want */

/** @param {Record<string, Want>} wants */
const query = (wants) => streamQuery(new Map(Object.entries(wants)));

test("what several want of one experiment is what serves them all", () => {
  assert.deepEqual(mergedWant([{}]), { parts: "regions" });
  assert.deepEqual(mergedWant([{ parts: "units,regions" }, { parts: "weights,units," }]), {
    parts: "regions,units,weights",
  });
  assert.deepEqual(mergedWant([{ parts: "" }]), { parts: "" });
  assert.deepEqual(mergedWant([{ parts: "" }, {}]), { parts: "regions" });
  assert.deepEqual(
    mergedWant([
      { parts: "", resolution: 40, fps: 2 },
      { parts: "", resolution: 30, fps: 5 },
    ]),
    {
      parts: "",
      resolution: 40,
      fps: 5,
    },
  );
  assert.deepEqual(mergedWant([{ resolution: 40, fps: 2 }, { fps: 1 }]), { parts: "regions", fps: 2 });
});

test("a frame has one warp, so the first one wins", () => {
  assert.equal(mergedWant([{ parts: "warp.1.0.1" }, { parts: "units,warp.2.0.1" }]).parts, "units,warp.1.0.1");
});

test("what the document says is not said again", () => {
  assert.equal(query({ a: {} }), "of=a");
  assert.equal(query({ a: {}, b: { parts: "regions" } }), "of=a,b");
});

test("what most want is said once, and what is different for one with its name", () => {
  const small = { parts: "regions", resolution: 40, fps: 2 };
  assert.equal(
    query({ a: small, b: small, c: {}, d: small }),
    "of=a,b,c,d&resolution=40&fps=2&for=c;parts=regions;resolution=;fps=",
  );
  assert.equal(
    query({ a: {}, b: { parts: "regions,units", fps: 5 } }),
    "of=a,b&for=b;parts=regions,units;resolution=;fps=5",
  );
});

test("three hundred thumbnails fit a request line of 8 KB", () => {
  const ids = Array.from({ length: 300 }, (_, number) => `v${String(number).padStart(22, "0")}`);
  const wants = Object.fromEntries(ids.map((id) => [id, { parts: "regions", resolution: 40, fps: 2 }]));
  assert.ok(query({ ...wants, [ids[7]]: {} }).length < 8000);
});
