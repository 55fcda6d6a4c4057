import assert from "node:assert/strict";
import test, { afterEach } from "node:test";

import { getFigure } from "../../static/js/api/file-endpoints.js";
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
