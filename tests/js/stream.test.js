import assert from "node:assert/strict";
import test from "node:test";
import { openStream } from "../../static/js/api/stream.js";

class FakeSource extends EventTarget {
  static CLOSED = 2;
  /** @type {FakeSource[]} */
  static all = [];
  readyState = 0;

  /** @param {string} url */
  constructor(url) {
    super();
    this.url = url;
    FakeSource.all.push(this);
  }

  close() {
    this.readyState = FakeSource.CLOSED;
  }
}

function openFake() {
  FakeSource.all = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  /** @type {string[]} */
  const connections = [];
  /** @type {any[]} */
  const frames = [];
  /** @type {string[]} */
  const byes = [];
  const server = { hasSession: true };
  const stream = openStream(
    "/stream",
    {
      onDocument: () => {},
      onFrame: (frame) => frames.push(frame),
      onConnection: (connection) => connections.push(connection),
      onGone: (reason) => byes.push(reason),
      isGone: async () => !server.hasSession,
    },
    { page: /** @type {any} */ (page), Source: /** @type {any} */ (FakeSource) },
  );
  const hide = (/** @type {boolean} */ hidden) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { stream, hide, connections, frames, byes, server };
}

const answered = () => new Promise((resolve) => setImmediate(resolve));
const bye = (/** @type {string} */ reason) => new MessageEvent("bye", { data: JSON.stringify({ reason }) });

const open = () => FakeSource.all.filter((source) => source.readyState !== FakeSource.CLOSED);

test("a hidden tab closes its stream and a visible one has exactly one", () => {
  const { hide, stream } = openFake();
  assert.equal(open().length, 1);
  hide(true);
  assert.equal(open().length, 0);
  hide(false);
  assert.equal(open().length, 1);
  stream.destroy();
  assert.equal(open().length, 0);
});

test("frames are handed on as values", () => {
  const { frames, stream } = openFake();
  FakeSource.all[0].dispatchEvent(new MessageEvent("frame", { data: '{"step":3}' }));
  assert.deepEqual(frames, [{ step: 3 }]);
  stream.destroy();
});

test("after an error status, when the browser has given up, the stream is opened again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { connections, stream } = openFake();
  FakeSource.all[0].dispatchEvent(new Event("open"));
  FakeSource.all[0].close();
  FakeSource.all[0].dispatchEvent(new Event("error"));
  context.mock.timers.tick(10_000);
  await answered();
  assert.equal(FakeSource.all.length, 2);
  assert.deepEqual(connections, ["connecting", "live", "reconnecting"]);
  stream.destroy();
});

test("while the browser itself is trying, the page leaves it alone", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { stream } = openFake();
  FakeSource.all[0].dispatchEvent(new Event("error"));
  context.mock.timers.tick(60_000);
  assert.equal(FakeSource.all.length, 1);
  stream.destroy();
});

test("a deleted session is said to be gone, and not asked for again", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { byes, connections, hide, stream } = openFake();
  FakeSource.all[0].dispatchEvent(bye("deleted"));
  assert.deepEqual(byes, ["deleted"]);
  assert.equal(connections.at(-1), "gone");
  hide(true);
  hide(false);
  stream.reopen("/stream?views=units");
  context.mock.timers.tick(60_000);
  assert.equal(open().length, 0);
  assert.equal(connections.at(-1), "gone");
  stream.destroy();
});

test("a session that was deleted while the page was away is found to be gone", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { byes, server, stream } = openFake();
  server.hasSession = false;
  FakeSource.all[0].close();
  FakeSource.all[0].dispatchEvent(new Event("error"));
  context.mock.timers.tick(10_000);
  await answered();
  assert.deepEqual(byes, ["deleted"]);
  assert.equal(FakeSource.all.length, 1);
  stream.destroy();
});

test("a server that restarts is waited for", () => {
  const { byes, stream } = openFake();
  FakeSource.all[0].dispatchEvent(bye("restart"));
  assert.deepEqual(byes, []);
  assert.equal(open().length, 1);
  stream.destroy();
});
