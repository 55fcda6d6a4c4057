import assert from "node:assert/strict";
import test from "node:test";

import { point } from "./documents.js";
import { openPage, until } from "./panels-page.js";

/** @param {number} step @param {string} [state] */
const at = (step, state = "running") => ({ step, state });

/** A page of three, of which A and C wait for B. @param {import("node:test").TestContext} t */
async function openWaiting(t) {
  const page = await openPage(t, { states: ["running", "running", "running"] });
  page.frame("B", at(10));
  page.frame("A", at(500));
  page.frame("C", at(480));
  await until(() => page.sent("pause").length === 2);
  page.frame("A", at(501, "paused"));
  page.frame("C", at(481, "paused"));
  return page;
}

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
  const page = await openWaiting(t);
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

test("nobody waits for one that is gone, and nothing is said to it", async (t) => {
  const page = await openWaiting(t);
  page.gone("B");
  await until(() => page.sent("run").length === 2);
  page.command("pause");
  await until(() => page.sent("pause").length === 4);
  assert.deepEqual(page.sent("run", "pause"), ["A pause", "C pause", "A run", "C run", "A pause", "C pause"]);
});

test("those that are left come level when one is gone", async (t) => {
  const page = await openPage(t, { states: ["running", "running", "running"] });
  for (const letter of "ABC") page.frame(letter, at(10));
  page.gone("A");
  page.command("pause");
  page.frame("B", at(20, "paused"));
  page.frame("C", at(24, "paused"));
  await until(() => page.sent("step").length === 1);
  assert.deepEqual(page.bodies("B", "step"), [{ steps: 4 }]);
});

test("the chosen one that is gone says so when it is spoken to", async (t) => {
  const answer = (/** @type {{id: string}} */ { id }) => {
    if (id.endsWith("A")) throw new Error("no such experiment");
    return {};
  };
  const page = await openPage(t, { states: ["paused"], answer });
  page.gone("A");
  page.command("run");
  await until(() => page.problems.length === 2);
  assert.match(page.problems[1], /no such experiment/);
});

const [ONE, TWO] = [[point(1)], [point(1), point(2)]];

test("taking back twice, before the first has been told of, ends with the same points", async (t) => {
  const page = await openPage(t);
  page.command("undo");
  page.command("undo");
  page.points("A", 2, TWO);
  await until(() => page.bodies("B", "PATCH").length === 1);
  page.points("A", 3, ONE);
  await until(() => page.bodies("B", "PATCH").length === 2);
  assert.deepEqual(
    page.bodies("B", "PATCH").map(({ points }) => points),
    [TWO, ONE],
  );
});

for (const name of ["run", "pause", "step", "reset", "back"])
  test(`taking back and ${name} right after it end with the same points`, async (t) => {
    const page = await openPage(t);
    page.command("undo");
    page.command(name);
    page.points("A", 2, TWO);
    await until(() => page.bodies("B", "PATCH").length === 1);
    assert.deepEqual(page.bodies("B", "PATCH")[0].points, TWO);
  });

test("taking back and a setting right after it end with the same points", async (t) => {
  const page = await openPage(t);
  page.command("undo");
  page.change({ kind: "patch", patch: { training: { l2: 0.5 } } });
  page.points("A", 2, TWO);
  await until(() => page.bodies("B", "PATCH").length === 1);
  assert.deepEqual(page.bodies("B", "PATCH")[0].points, TWO);
});

test("what is taken back stays so when another one is chosen before it is told of", async (t) => {
  const page = await openPage(t);
  page.command("undo");
  page.choose(page.panel("B"));
  page.points("A", 2, TWO);
  await until(() => page.bodies("B", "PATCH").length === 1);
  assert.deepEqual(page.bodies("B", "PATCH")[0].points, TWO);
  assert.deepEqual(page.bodies("A", "PATCH"), []);
});

test("points that are added after something is taken back are added to all, not handed on", async (t) => {
  const page = await openPage(t);
  page.command("undo");
  page.points("A", 2, TWO);
  await until(() => page.bodies("B", "PATCH").length === 1);
  page.points("B", 2, TWO);
  page.change({ kind: "add", points: [point(-1)] });
  await until(() => page.sent("points").length === 2);
  assert.equal(page.bodies("B", "PATCH").length, 1);
});

test("names of classes that are taken back are taken back in all", async (t) => {
  const page = await openPage(t);
  page.command("undo");
  page.points("A", 2, TWO, { class_names: ["a", "b"] });
  await until(() => page.bodies("B", "PATCH").length === 1);
  assert.deepEqual(page.bodies("B", "PATCH")[0].class_names, ["a", "b"]);
});
