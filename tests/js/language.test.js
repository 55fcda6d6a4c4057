import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";

test("axes and buttons have the decimal sign of the page's language", () => {
  const { drawn, titles } = JSON.parse(
    execFileSync(process.execPath, [join(import.meta.dirname, "german-page.js")], { encoding: "utf8" }),
  );
  assert.ok(drawn.includes("−0,5") && drawn.includes("0,5"), drawn.join());
  assert.deepEqual(titles, ["L2 strength 0,001", "Learning rate 0,3, from the start"]);
});
