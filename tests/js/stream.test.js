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
  const stream = openStream(
    "/stream",
    {
      onDocument: () => {},
      onFrame: (frame) => frames.push(frame),
      onConnection: (connection) => connections.push(connection),
    },
    { page: /** @type {any} */ (page), Source: /** @type {any} */ (FakeSource) },
  );
  const hide = (/** @type {boolean} */ hidden) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { stream, hide, connections, frames };
}

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

test("after an error status, when the browser has given up, the stream is opened again", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { connections, stream } = openFake();
  FakeSource.all[0].dispatchEvent(new Event("open"));
  FakeSource.all[0].close();
  FakeSource.all[0].dispatchEvent(new Event("error"));
  context.mock.timers.tick(10_000);
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
