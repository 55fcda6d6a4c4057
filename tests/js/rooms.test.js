import assert from "node:assert/strict";
import test from "node:test";

import { Problem } from "../../static/js/api/http.js";
import { inLine } from "../../static/js/api/persistently.js";
import { openRoomStream, streamUrl } from "../../static/js/api/room-stream.js";
import { clockText, secondsLeft } from "../../static/js/core/rooms/clock.js";
import { codeInPath, inHalves, isCode, tidyCode } from "../../static/js/core/rooms/code.js";
import { goalInWords } from "../../static/js/core/rooms/goal.js";
import { stepInGrid } from "../../static/js/core/rooms/grid-steps.js";
import { lockOn } from "../../static/js/core/rooms/locks.js";
import { membershipsIn, withMembership, withoutMembership } from "../../static/js/core/rooms/memberships.js";
import { newCards, newsInWords, withNews } from "../../static/js/core/rooms/news.js";
import { pollOf } from "../../static/js/core/rooms/poll.js";
import { rangesOf } from "../../static/js/core/rooms/ranges.js";
import { arranged, counts } from "../../static/js/core/rooms/roster.js";
import { cardSide, faceSide, gapCss, wordsCss } from "../../static/js/core/rooms/wall-size.js";
import { markRadiusCss } from "../../static/js/draw/thumbnail.js";
import { createPictures } from "../../static/js/pages/rooms/pictures.js";

/** @typedef {import("../../static/js/core/rooms/types.js").Room} Room */
/** @typedef {import("../../static/js/core/rooms/types.js").Member} Member */

/** @param {Partial<Member>} fields @returns {Member} */
const member = (fields) => ({
  number: 1,
  nickname: "Nora",
  is_raised: false,
  view_id: "v1",
  step: 0,
  epoch: 0,
  train_accuracy: null,
  held_out_accuracy: null,
  loss: null,
  parameters: 41,
  state: "idle",
  ...fields,
});

/** @param {Partial<Room>} [fields] @returns {Room} */
const room = (fields = {}) => ({
  revision: 7,
  code: "KQXTAB",
  title: "",
  state: "open",
  actor: "member",
  id: "mKQXTAB",
  num_members: 2,
  task: { number: 1, page: null },
  locks: [],
  is_frozen: false,
  spotlight: null,
  spotlight_view_id: null,
  now: 100,
  timer: null,
  poll: null,
  challenge: null,
  leaderboard: null,
  has_leaderboard: true,
  ...fields,
});

test("a reply that arrives after a newer event undoes nothing", () => {
  const now = room({ poll: { question: "?", options: ["a", "b"], own: 0, votes: [2, 0] } });
  assert.equal(withNews(now, room({ revision: 6, poll: null })), now);
  assert.equal(withNews(now, room({ revision: 7, num_members: 3 })).num_members, 3);
  assert.equal(withNews(now, room({ revision: 8, poll: null })).poll, null);
  assert.equal(withNews(now, { state: "ended" }).state, "ended", "what the page itself says has no revision");
});

test("a code is read as it may be typed, and its look-alikes are left out", () => {
  assert.equal(tidyCode(" kqx-tab "), "KQXTAB");
  assert.equal(tidyCode("kq1x0ltsab"), "KQXTAB");
  assert.equal(tidyCode("KQXTABKQX"), "KQXTAB");
  assert.ok(isCode("KQXTAB"));
  assert.ok(!isCode("KQXTA"));
  assert.ok(!isCode("KQXTAL"));
  assert.equal(inHalves("KQXTAB"), "KQX TAB");
});

test("a code is found in the address of the join page", () => {
  assert.equal(codeInPath("/join/kqxtab"), "KQXTAB");
  assert.equal(codeInPath("/join"), "");
});

test("students on screen are asked for as ranges", () => {
  assert.equal(rangesOf([3, 1, 2, 7, 9, 8]), "1-3,7-9");
  assert.equal(rangesOf([5]), "5");
  assert.equal(rangesOf([]), "");
  assert.match(streamUrl("tKQXTAB", [1, 2, 4]), /\/rooms\/tKQXTAB\/stream\?members=1-2,4&resolution=\d+&fps=2$/);
  assert.match(streamUrl("mKQXTAB", []), /\/rooms\/mKQXTAB\/stream$/);
});

test("the wall is sorted, filtered and searched; equals stand in the order of joining", () => {
  const all = [
    member({ number: 1, nickname: "Nora", state: "training", held_out_accuracy: 0.5 }),
    member({ number: 2, nickname: "Emil", state: "stuck", is_raised: true, raised_at_s: 20, held_out_accuracy: 0.9 }),
    member({ number: 3, nickname: "Ada", state: "training", is_raised: true, raised_at_s: 10 }),
  ];
  const names = (/** @type {Partial<{order: string, filter: string, search: string}>} */ wish) =>
    arranged(all, { order: "joined", filter: "everyone", search: "", ...wish }).map(({ nickname }) => nickname);
  assert.deepEqual(names({}), ["Nora", "Emil", "Ada"]);
  assert.deepEqual(names({ order: "name" }), ["Ada", "Emil", "Nora"]);
  assert.deepEqual(names({ order: "hand" }), ["Ada", "Emil", "Nora"]);
  assert.deepEqual(names({ order: "state" }), ["Emil", "Nora", "Ada"]);
  assert.deepEqual(names({ order: "test" }), ["Emil", "Nora", "Ada"]);
  assert.deepEqual(names({ filter: "hands" }), ["Emil", "Ada"]);
  assert.deepEqual(names({ filter: "stuck" }), ["Emil"]);
  assert.deepEqual(names({ search: " NO" }), ["Nora"]);
  assert.deepEqual(
    [...counts(all)],
    [
      ["everyone", 3],
      ["hands", 2],
      ["training", 2],
      ["stuck", 1],
    ],
  );
  assert.deepEqual([...counts([])], [["everyone", 0]]);
});

test("the timer runs by the server's clock and ends at nothing", () => {
  assert.equal(secondsLeft({ timer: null, now: 100 }, 5), null);
  assert.equal(secondsLeft({ timer: { ends_at: 160 }, now: 100 }, 5), 55);
  assert.equal(secondsLeft({ timer: { ends_at: 160 }, now: 100 }, 500), 0);
  assert.equal(clockText(245), "4:05");
  assert.equal(clockText(0.2), "0:01");
  assert.equal(clockText(3723), "1:02:03");
});

test("three hundred cards fit a projector of 1920 x 1080; a few are as large as is useful; thousands scroll", () => {
  const wall = { widthCss: 1888, heightCss: 920 };
  const side = cardSide(300, wall);
  assert.ok(side >= 60, `${side}`);
  const columns = Math.floor((wall.widthCss + gapCss(side)) / (side + gapCss(side)));
  const rows = Math.ceil(300 / columns);
  assert.ok(rows * (side + wordsCss(side) + gapCss(side)) - gapCss(side) <= wall.heightCss);
  assert.ok(cardSide(2, wall) > cardSide(30, wall));
  assert.equal(cardSide(5000, wall), 60);
});

test("a challenge says what passes it, and who is first", () => {
  const none = { most_parameters: null, least_parameters: null, most_steps: null };
  assert.equal(
    goalInWords({ ...none, accuracy: 0.95, most_parameters: 6, ranks_by: "steps" }),
    "Goal: at least 95 % right, at most 6 parameters. The fewest steps win.",
  );
  assert.equal(
    goalInWords({ ...none, accuracy: 0.82, least_parameters: 300, ranks_by: "accuracy" }),
    "Goal: at least 82 % right, at least 300 parameters. The highest accuracy wins.",
  );
  assert.equal(
    goalInWords({ ...none, accuracy: 0.9, most_steps: 1500, ranks_by: "parameters" }),
    "Goal: at least 90 % right, at most 1,500 steps. The fewest parameters win.",
  );
});

test("marks grow with the plane, on a projector beyond their usual size", () => {
  const radii = [60, 104, 400, 1100].map((side) => markRadiusCss(side).toFixed(2));
  assert.deepEqual(radii, ["1.30", "2.00", "5.00", "10.00"]);
});

test("every face of a class has room on the projector, beside a challenge too", () => {
  for (const place of [
    { widthCss: 1872, heightCss: 367 },
    { widthCss: 1208, heightCss: 367 },
    { widthCss: 773, heightCss: 245 },
  ])
    for (const count of [1, 8, 33, 60]) {
      const side = faceSide(count, place);
      const columns = Math.floor((place.widthCss + 8) / (side + 8));
      assert.ok(Math.ceil(count / columns) * (side + 28) - 8 <= place.heightCss, `${count} of ${side}`);
    }
});

test("a lock covers what lies under its path, whichever change would make it", () => {
  /** @param {Record<string, any>} patch @returns {import("../../static/js/core/changes.js").Change} */
  const patch = (patch) => ({ kind: "patch", patch });
  assert.equal(lockOn(["training"], patch({ training: { learning_rate: 1 } })), "Training");
  assert.equal(lockOn(["training.learning_rate"], patch({ training: { learning_rate: 1 } })), "Learning rate");
  assert.equal(lockOn(["training.learning_rate"], patch({ training: { optimizer: "sgd" } })), null);
  assert.equal(lockOn(["regularization"], patch({ training: { l2: 0.1 } })), "Regularization");
  assert.equal(lockOn(["network"], patch({ network: { hidden: [] } })), "Network");
  assert.equal(lockOn(["points"], { kind: "add", points: [] }), "Data and points");
  assert.equal(lockOn(["points"], { kind: "command", name: "dataset" }), "Data and points");
  assert.equal(lockOn(["run"], { kind: "command", name: "run" }), "Run, Step, Reset");
  assert.equal(lockOn(["run"], patch({ title: "x" })), null);
  assert.equal(lockOn([], { kind: "clear" }), null);
});

test("a browser keeps one way back to each place in a room", () => {
  const one = { code: "KQXTAB", id: "m1", title: "", name: "Nora", time_ms: 1 };
  const renewed = { ...one, id: "m2", time_ms: 2 };
  const other = { ...one, id: "m3", name: "Emil" };
  assert.deepEqual(membershipsIn("nonsense"), []);
  assert.deepEqual(membershipsIn(JSON.stringify([one, { id: 4 }])), [one]);
  assert.deepEqual(withMembership([one, other], renewed), [renewed, other]);
  assert.deepEqual(withoutMembership([one, other], "m1"), [other]);
});

test("a poll is asked with two to six answers that differ", () => {
  assert.deepEqual(pollOf(" Why? ", "yes\n\n no "), { poll: { question: "Why?", options: ["yes", "no"] }, words: "" });
  assert.equal(pollOf("", "yes\nno").poll, null);
  assert.match(pollOf("Why?", "yes").words, /2 to 6 answers; there is 1\.$/);
  assert.match(pollOf("Why?", "1\n2\n3\n4\n5\n6\n7").words, /there are 7/);
  assert.match(pollOf("Why?", "yes\nyes").words, /same/);
});

test("what is new opens its card, what has changed is said, and nothing is said twice", () => {
  const poll = { question: "Why?", options: ["a", "b"], votes: null, own: null };
  const asked = room({ poll });
  assert.deepEqual(newCards(room(), asked), ["poll"]);
  assert.deepEqual(newCards(asked, room({ poll: { ...poll, votes: [1, 0], own: 0 } })), []);
  assert.deepEqual(newCards(null, room({ challenge: { name: "c", title: "C", sentence: "" } })), ["challenge"]);
  assert.deepEqual(newsInWords(null, asked), []);
  assert.deepEqual(newsInWords(asked, asked), []);
  assert.deepEqual(newsInWords(room(), room({ task: { number: 2, page: null } })), ["A new task from your teacher."]);
  assert.deepEqual(newsInWords(room(), room({ is_frozen: true })), ["Your teacher has paused everyone."]);
  assert.deepEqual(newsInWords(room({ locks: ["run"] }), room()), ["All controls are unlocked."]);
  assert.deepEqual(newsInWords(room(), room({ state: "ended" })), ["The room has ended."]);
});

/** An EventSource that a test speaks through. */
function sources() {
  /** @type {{url: string, say: (kind: string, data: object) => void, isClosed: boolean}[]} */
  const opened = [];
  class Source extends EventTarget {
    static CLOSED = 2;
    readyState = 1;
    /** @param {string} url */
    constructor(url) {
      super();
      const say = (/** @type {string} */ kind, /** @type {object} */ data) =>
        this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));
      this.entry = { url, say, isClosed: false };
      opened.push(this.entry);
    }
    close() {
      this.entry.isClosed = true;
    }
  }
  return { opened, Source: /** @type {any} */ (Source) };
}

test("the room's stream deals out its events, asks anew for other students only, and ends where the room is gone", async () => {
  const { opened, Source } = sources();
  /** @type {any[]} */
  const heard = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  let gone = /** @type {() => void} */ (() => {});
  const hasGone = new Promise((resolve) => (gone = () => resolve(true)));
  const stream = openRoomStream(
    "tKQXTAB",
    {
      onRoom: ({ code }) => heard.push(code),
      onFrame: ({ session }) => heard.push(session),
      onDocument: ({ session }) => heard.push(`document ${session}`),
      onConnection: () => {},
      onGone: gone,
    },
    { page, Source, isGone: async () => true },
  );
  opened[0].say("room", { code: "KQXTAB" });
  stream.watch([2, 1]);
  stream.watch([1, 2]);
  assert.equal(opened.length, 2);
  assert.ok(opened[0].isClosed);
  assert.match(opened[1].url, /members=1-2&/);
  opened[1].say("document", { session: "v2" });
  opened[1].say("frame", { session: "v2" });
  assert.deepEqual(heard, ["KQXTAB", "document v2", "v2"]);
  opened[1].say("bye", {});
  assert.ok(await hasGone);
  assert.ok(opened[1].isClosed);
});

test("pictures that arrive together are drawn some at a time, the newest of each, with the points that came before", () => {
  /** @type {(() => void)[]} */
  const frames = [];
  /** @type {[number, any][]} */
  const drawn = [];
  const members = Array.from({ length: 60 }, (_, index) => member({ number: index + 1, view_id: `v${index + 1}` }));
  const { listener } = createPictures(
    (number, picture) => drawn.push([number, picture]),
    () => ({ room: room({ members }), colours: /** @type {any} */ ("colours") }),
    (callback) => frames.push(callback),
  );
  const document = (/** @type {number} */ number, /** @type {object} */ fields) =>
    listener.onDocument(/** @type {any} */ ({ session: `v${number}`, document: fields }));
  document(1, { points: ["p"], task: "a" });
  document(1, { task: "b" });
  for (let number = 1; number <= 60; number++)
    listener.onFrame(/** @type {any} */ ({ session: `v${number}`, regions: `regions ${number}` }));
  assert.equal(frames.length, 1);
  frames[0]();
  assert.ok(drawn.length < 60);
  for (let next = 1; next < frames.length; next++) frames[next]();
  assert.equal(drawn.length, 60);
  assert.deepEqual(drawn[0], [1, { document: { points: ["p"], task: "b" }, regions: "regions 1", colours: "colours" }]);
});

test("whoever waits in line at a full server asks on under one key, and hears the place", async () => {
  /** @type {string[]} */
  const keys = [];
  /** @type {string[]} */
  const heard = [];
  const send = async (/** @type {string} */ key) => {
    keys.push(key);
    if (keys.length < 10) throw new Problem(`place ${10 - keys.length}`, 503, [], "server_full");
    return "in";
  };
  assert.equal(
    await inLine(
      send,
      (words) => heard.push(words),
      async () => {},
    ),
    "in",
  );
  assert.equal(new Set(keys).size, 1);
  assert.equal(heard[0], "place 9");
  const refused = async () => {
    throw new Problem("taken", 409, [], "nickname_taken");
  };
  await assert.rejects(
    inLine(
      refused,
      () => {},
      async () => {},
    ),
    { status: 409 },
  );
});

test("arrow keys walk over the cards and stay at the edges", () => {
  const grid = { count: 8, columns: 3 };
  const from = (/** @type {number} */ index, /** @type {string} */ key) => stepInGrid(index, key, grid);
  assert.equal(from(0, "ArrowRight"), 1);
  assert.equal(from(0, "ArrowLeft"), 0);
  assert.equal(from(1, "ArrowDown"), 4);
  assert.equal(from(6, "ArrowDown"), 6);
  assert.equal(from(4, "ArrowUp"), 1);
  assert.equal(from(4, "Home"), 0);
  assert.equal(from(4, "End"), 7);
  assert.equal(from(4, "Enter"), null);
});
