import assert from "node:assert/strict";
import test from "node:test";
import { openRoomBeside } from "../../static/js/api/room-stream.js";
import { createStream } from "../../static/js/api/stream.js";

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

const parsed = (/** @type {string} */ url) => decodeURI(url.split("?")[1]);
const settled = () => new Promise((resolve) => setImmediate(resolve));
const open = () => FakeSource.all.filter((source) => source.readyState !== FakeSource.CLOSED);
const newest = () => /** @type {FakeSource} */ (FakeSource.all.at(-1));
const say = (/** @type {string} */ kind, /** @type {object} */ data) =>
  newest().dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));

/** A page without any subscription yet, and a server on which `gone` has the deleted sessions. */
function newPage() {
  FakeSource.all = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  /** @type {Set<string>} */
  const gone = new Set();
  const Source = /** @type {any} */ (FakeSource);
  const stream = createStream({ page, Source, isGone: async (viewId) => gone.has(viewId) });
  const hide = (/** @type {boolean} */ hidden) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  /** @param {string} viewId @param {import("../../static/js/core/wants.js").Want} [want] */
  const watch = (viewId, want = {}) => {
    /** @type {string[]} */
    const heard = [];
    const subscription = stream.subscribe(viewId, want, {
      onDocument: ({ revision }) => heard.push(`document ${revision}`),
      onFrame: ({ step }) => heard.push(`frame ${step}`),
      onConnection: (connection) => heard.push(connection),
      onGone: (reason) => heard.push(`gone: ${reason}`),
    });
    return { ...subscription, heard };
  };
  return { watch, hide, gone, accompany: stream.accompany };
}

test("two experiments share one connection, and each hears its own events", async () => {
  const { watch } = newPage();
  const [a, b] = [watch("va"), watch("vb", { parts: "regions,units", fps: 5 })];
  await settled();
  assert.equal(FakeSource.all.length, 1);
  assert.equal(parsed(newest().url), "of=va,vb&for=vb;parts=regions,units;resolution=;fps=5");
  say("document", { session: "va", revision: 3 });
  say("frame", { session: "vb", step: 7 });
  say("frame", { session: "vc", step: 8 });
  assert.deepEqual(a.heard, ["connecting", "document 3"]);
  assert.deepEqual(b.heard, ["connecting", "frame 7"]);
  a.end();
  b.end();
  await settled();
  assert.equal(open().length, 0);
});

test("a room comes over the same connection, and when it is gone the experiments stay", async () => {
  const { watch, accompany } = newPage();
  const a = watch("va", { parts: "units" });
  /** @type {string[]} */
  const heard = [];
  let isOver = false;
  const gone = new Promise((resolve) =>
    openRoomBeside(
      "mKQXTAB",
      { onRoom: ({ code }) => heard.push(code), onGone: () => resolve(heard.push("gone")) },
      { accompany, isGone: async () => isOver },
    ),
  );
  await settled();
  assert.equal(FakeSource.all.length, 1);
  assert.match(newest().url, /\/rooms\/mKQXTAB\/stream\?own=va;parts=units;resolution=;fps=$/);
  say("room", { code: "KQXTAB" });
  say("frame", { session: "va", step: 7 });
  say("bye", { reason: "restart" });
  await settled();
  assert.deepEqual([heard, a.heard], [["KQXTAB"], ["connecting", "frame 7"]]);
  isOver = true;
  say("bye", { reason: "revoked" });
  await gone;
  await settled();
  assert.equal(parsed(newest().url), "of=va&parts=units");
  assert.equal(open().length, 1);
  a.end();
  await settled();
  assert.equal(open().length, 0);
});

test("two who watch one experiment both hear of it, and it is asked for once, as both want it", async () => {
  const { watch } = newPage();
  const [a, b] = [watch("va", { parts: "weights" }), watch("va", { resolution: 40 })];
  await settled();
  assert.equal(parsed(newest().url), "of=va&parts=regions,weights");
  say("frame", { session: "va", step: 1 });
  assert.equal(a.heard.at(-1), "frame 1");
  assert.equal(b.heard.at(-1), "frame 1");
  a.end();
  await settled();
  assert.equal(parsed(newest().url), "of=va&resolution=40");
  assert.equal(open().length, 1);
  b.end();
});

test("what is wanted can change, and the stream is opened anew only if something does", async () => {
  const { watch } = newPage();
  const a = watch("va");
  await settled();
  a.change({ parts: "regions" });
  await settled();
  assert.equal(FakeSource.all.length, 1);
  a.change({ parts: "regions,units" });
  a.change({ parts: "regions,units,weights" });
  await settled();
  assert.equal(FakeSource.all.length, 2);
  assert.equal(parsed(newest().url), "of=va&parts=regions,units,weights");
  assert.equal(open().length, 1);
  a.end();
  await settled();
});

test("a hidden tab closes its stream and a visible one has exactly one", async () => {
  const { hide, watch } = newPage();
  const a = watch("va");
  await settled();
  assert.equal(open().length, 1);
  hide(true);
  assert.equal(open().length, 0);
  assert.equal(a.heard.at(-1), "hidden");
  a.change({ parts: "units" });
  await settled();
  assert.equal(open().length, 0);
  hide(false);
  assert.equal(open().length, 1);
  assert.equal(parsed(newest().url), "of=va&parts=units");
  a.end();
  await settled();
  assert.equal(open().length, 0);
});

test("after an error status, when the browser has given up, the stream is opened again", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { watch } = newPage();
  const a = watch("va");
  await settled();
  newest().dispatchEvent(new Event("open"));
  newest().close();
  newest().dispatchEvent(new Event("error"));
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(FakeSource.all.length, 2);
  assert.deepEqual(a.heard, ["connecting", "live", "reconnecting"]);
  a.end();
  await settled();
});

test("while the browser itself is trying, the page leaves it alone", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { watch } = newPage();
  const a = watch("va");
  await settled();
  newest().dispatchEvent(new Event("error"));
  context.mock.timers.tick(60_000);
  assert.equal(FakeSource.all.length, 1);
  a.end();
  await settled();
});

test("a deleted experiment is said to be gone, and the others go on over the same connection", async () => {
  const { hide, watch } = newPage();
  const [a, b] = [watch("va"), watch("vb")];
  await settled();
  say("bye", { session: "va", reason: "deleted" });
  say("frame", { session: "va", step: 1 });
  say("frame", { session: "vb", step: 2 });
  assert.deepEqual(a.heard, ["connecting", "gone", "gone: deleted"]);
  assert.deepEqual(b.heard, ["connecting", "frame 2"]);
  assert.equal(FakeSource.all.length, 1);
  say("bye", { session: "vb", reason: "broken" });
  assert.equal(b.heard.at(-1), "gone: broken");
  assert.equal(open().length, 0);
  a.change({ parts: "units" });
  hide(true);
  hide(false);
  await settled();
  assert.equal(open().length, 0);
  assert.equal(b.heard.at(-1), "gone: broken");
});

test("experiments that were deleted while the page was away are found to be gone, and the rest is watched", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { gone, watch } = newPage();
  const [a, b] = [watch("va"), watch("vb")];
  await settled();
  gone.add("va");
  newest().close();
  newest().dispatchEvent(new Event("error"));
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(a.heard.at(-1), "gone: deleted");
  assert.equal(parsed(newest().url), "of=vb");
  gone.add("vb");
  newest().close();
  newest().dispatchEvent(new Event("error"));
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(b.heard.at(-1), "gone: deleted");
  assert.equal(open().length, 0);
});

test("a server that restarts is waited for", async () => {
  const { watch } = newPage();
  const a = watch("va");
  await settled();
  say("bye", { reason: "restart" });
  assert.deepEqual(a.heard, ["connecting"]);
  assert.equal(open().length, 1);
  a.end();
  await settled();
});
