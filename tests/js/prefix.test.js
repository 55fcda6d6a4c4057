import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

import { PREFIX, prefixIn, withoutPrefix } from "../../static/js/core/prefix.js";

test("the prefix is what stands before the static files", () => {
  assert.equal(prefixIn("https://example.org/static/~3f9c/js/core/prefix.js"), "");
  assert.equal(prefixIn("https://example.org/lab/static/~3f9c/js/core/prefix.js"), "/lab");
  assert.equal(prefixIn("http://10.0.0.5:8000/a/static/b/static/js/core/prefix.js"), "/a/static/b");
  assert.equal(PREFIX, "", "outside a browser there is none");
});

test("no script names an address of the server without its prefix", () => {
  const folder = join(import.meta.dirname, "../../static/js");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  const bare = /(["'`]\/(api|s|copy|embed|open|lessons|studies|docs|data)|location\.(host|origin)\}?)\//;
  assert.ok(files.length > 100);
  assert.deepEqual(
    files.filter((name) => bare.test(readFileSync(join(folder, name), "utf8"))),
    [],
  );
});

test("a path loses its prefix and nothing else", () => {
  assert.equal(withoutPrefix("/lab/s/e1", "/lab"), "/s/e1");
  assert.equal(withoutPrefix("/lab", "/lab"), "");
  assert.equal(withoutPrefix("/laboratory/s/e1", "/lab"), "/laboratory/s/e1");
  assert.equal(withoutPrefix("/s/e1", ""), "/s/e1");
});
