import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { makeCompared } from "../../static/js/api/compare-endpoints.js";
import { createSession, forkSession } from "../../static/js/api/endpoints.js";
import { getFigure, openExperiment } from "../../static/js/api/file-endpoints.js";
import { request } from "../../static/js/api/http.js";
import { persistently } from "../../static/js/api/persistently.js";

const atOnce = async () => {};

/** A server of which each request gets the next answer. @type {(answers: (Response|Error)[]) => {path: string, key: string}[]} */
function serverThat(answers) {
  /** @type {{path: string, key: string}[]} */
  const asked = [];
  globalThis.fetch = async (path, init) => {
    asked.push({ path: String(path), key: new Headers(init?.headers).get("Idempotency-Key") ?? "" });
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return asked;
}

/** A reply that has begun, and whose connection is lost before its end. */
const cutOff = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"revision":'));
        controller.error(new TypeError("network error"));
      },
    }),
  );

const { fetch } = globalThis;
afterEach(() => void (globalThis.fetch = fetch));

test("a change whose reply is cut off is sent again under its key until the reply is whole", async () => {
  const asked = serverThat([cutOff(), Response.json({ revision: 7 })]);
  const reply = await persistently((key) => request("PATCH", "/it", { training: { l2: 0.1 } }, key), atOnce);
  assert.deepEqual(reply, { revision: 7 });
  assert.equal(asked.length, 2);
  assert.equal(asked[0].key, asked[1].key);
});

test("what is said of a reply that is cut off depends on whether it was to change something", async () => {
  serverThat([cutOff(), cutOff(), cutOff()]);
  await assert.rejects(request("GET", "/it"), { name: "Problem", status: 0, message: /try again in a moment/ });
  await assert.rejects(request("POST", "/it", {}), { name: "Problem", status: 0, message: /is not known/ });
  await assert.rejects(getFigure("e1"), { name: "Problem", status: 0, message: /try again in a moment/ });
});

/** @typedef {(words: string) => void} OnWait */
/** @type {[string, (onWait: OnWait) => Promise<any>][]} */
const BEGINNINGS = [
  ["a new experiment", (onWait) => createSession({}, onWait)],
  ["a copy", (onWait) => forkSession("e1", onWait)],
  ["experiments side by side", (onWait) => makeCompared("e1", { path: "training.l2", values: [0, 1] }, onWait)],
  ["a saved experiment", (onWait) => openExperiment({}, onWait)],
];
const PATIENCE = 20; // more than an outage is given

for (const [name, begin] of BEGINNINGS)
  test(`${name} waits in line at a full server, for as long as it takes`, async ({ mock }) => {
    mock.method(globalThis, "setTimeout", setImmediate);
    const full = Array.from({ length: PATIENCE }, (_, place) =>
      Response.json({ code: "server_full", detail: `place ${PATIENCE - place}` }, { status: 503 }),
    );
    const asked = serverThat([...full, Response.json({ id: "e2", sessions: [{ id: "e2" }] })]);
    /** @type {string[]} */
    const heard = [];
    assert.ok(await begin((words) => heard.push(words)));
    assert.equal(heard.length, PATIENCE);
    assert.equal(heard.at(-1), "place 1");
    assert.equal(new Set(asked.map(({ key }) => key)).size, 1);
  });
