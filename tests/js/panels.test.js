import assert from "node:assert/strict";
import test from "node:test";

import { openPage, until } from "./panels-page.js";

/** @param {number} step @param {string} [state] */
const at = (step, state = "running") => ({ step, state });

test("who waits for one that is closed goes on, and seems to run all the while", async (t) => {
  const page = await openPage(t, { states: ["running", "running"] });
  page.frame("B", at(10));
  page.frame("A", at(500));
  await until(() => page.sent("pause").includes("A pause"));
  page.frame("A", at(501, "paused"));
  page.close(page.panel("B"));
  await until(() => page.sent("run").length > 0);
  assert.deepEqual(page.sent("run"), ["A run"]);
  assert.equal(page.chosen().state.snapshot.state, "running");
  page.frame("A", at(510));
  page.frame("A", at(520, "paused"));
  assert.equal(page.chosen().state.snapshot.state, "paused", "it waits for nobody any more");
});

test("of three, both that wait for one that is closed go on", async (t) => {
  const page = await openPage(t, { states: ["running", "running", "running"] });
  page.frame("B", at(10));
  page.frame("A", at(500));
  page.frame("C", at(480));
  await until(() => page.sent("pause").length === 2);
  page.frame("A", at(501, "paused"));
  page.frame("C", at(481, "paused"));
  page.close(page.panel("B"));
  await until(() => page.sent("run").length === 2);
  assert.deepEqual(page.sent("run"), ["A run", "C run"]);
});

test("one that is closed while it waits is left as it stands, when the page is left too", async (t) => {
  const page = await openPage(t, { states: ["running", "running", "running"] });
  page.frame("B", at(10));
  page.frame("C", at(10));
  page.frame("A", at(500));
  await until(() => page.sent("pause").includes("A pause"));
  const closed = page.panel("A");
  page.close(closed);
  assert.deepEqual(page.left(), []);
  assert.deepEqual(page.sent("run"), []);
});
