import assert from "node:assert/strict";
import test from "node:test";
import { createChangeQueue } from "../../static/js/api/change-queue.js";
import { Problem } from "../../static/js/api/http.js";
import { point } from "./documents.js";

/** @typedef {import("../../static/js/core/changes.js").Change} Change */

/** @param {(change: Change, key: string) => Promise<any>} send */
function queueThat(send) {
  /** @type {any[]} */
  const log = [];
  /** @type {number[]} */
  const rests = [];
  const queue = createChangeQueue({
    send: (change, key) => {
      log.push(["send", change]);
      return send(change, key);
    },
    onQueued: () => {},
    onJoined: () => {},
    onReply: (_change, reply) => log.push(["reply", reply.revision]),
    onProblem: (changes, problem) => log.push(["problem", problem.message, changes]),
    wait: async (ms) => void rests.push(ms),
  });
  return { log, rests, queue };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
/** @type {(l2: number) => Change} */
const patch = (l2) => ({ kind: "patch", patch: { training: { l2 } } });

test("while one change is under way, newer ones of its kind become one", async () => {
  let revision = 0;
  const { log, queue } = queueThat(async () => ({ revision: ++revision }));
  [1, 2, 3, 4].forEach((l2) => queue.push(patch(l2)));
  await settled();
  assert.deepEqual(log, [
    ["send", patch(1)],
    ["reply", 1],
    ["send", patch(4)],
    ["reply", 2],
  ]);
});

test("changes of different kinds keep their order", async () => {
  const { log, queue } = queueThat(async () => ({ revision: 1 }));
  /** @type {Change[]} */
  const changes = [patch(1), { kind: "clear" }, patch(2), { kind: "command", name: "undo" }];
  changes.forEach(queue.push);
  await settled();
  assert.deepEqual(
    log.filter(([what]) => what === "send").map(([, change]) => change),
    changes,
  );
});

test("a refusal is told once and does not stop what follows", async () => {
  let calls = 0;
  const { log, queue } = queueThat(async () => {
    if (++calls === 1) throw new Problem("l2 must be at most 10; got 99.", 422);
    return { revision: 1 };
  });
  queue.push(patch(99));
  queue.push({ kind: "clear" });
  await settled();
  assert.deepEqual(
    log.map(([what]) => what),
    ["send", "problem", "send", "reply"],
  );
});

test("an outage is waited out, and every change goes again under its own key, so that it is made once", async () => {
  /** @type {[string, string][]} */
  const keys = [];
  let calls = 0;
  const { queue, log } = queueThat(async (change, key) => {
    keys.push([change.kind, key]);
    if (++calls % 3) throw new Problem("no answer", 0);
    return { revision: 1 };
  });
  queue.push({ kind: "add", points: [] });
  queue.push({ kind: "command", name: "step", body: { steps: 1 } });
  await settled();
  assert.deepEqual(
    keys.map(([kind]) => kind),
    ["add", "add", "add", "command", "command", "command"],
  );
  const [first, second] = [
    new Set(keys.slice(0, 3).map(([, key]) => key)),
    new Set(keys.slice(3).map(([, key]) => key)),
  ];
  assert.deepEqual([first.size, second.size, new Set([...first, ...second]).size], [1, 1, 2]);
  assert.equal(log.filter(([what]) => what === "reply").length, 2);
});

test("a server that stays away is told of once", async () => {
  const { log, queue } = queueThat(async () => {
    throw new Problem("no answer", 0);
  });
  queue.push({ kind: "add", points: [] });
  await settled();
  assert.equal(log.filter(([what]) => what === "problem").length, 1);
  assert.equal(log.at(-1)[0], "problem");
});

/** @type {(id: number, gesture?: number) => Change} */
const add = (id, gesture) => ({ kind: "add", points: [point(id)], gesture });

test("a stroke of 60 points is two requests while the first is under way, and the queue rests longer between them", async () => {
  const { log, rests, queue } = queueThat(async () => ({ revision: 1 }));
  for (let id = 1; id <= 60; id++) queue.push(add(-id, 7));
  queue.push({ kind: "command", name: "undo" });
  await settled();
  const sent = log.filter(([what]) => what === "send").map(([, change]) => change);
  assert.deepEqual(
    sent.map(({ points }) => points?.length),
    [1, 59, undefined],
  );
  assert.ok(rests[0] === rests[1] && rests[1] > rests[2]);
});

test("when a change is refused, the rest of its gesture is dropped and nothing more is said; others go on", async () => {
  const { log, queue } = queueThat(async (change) => {
    if (change.gesture === 7) throw new Problem("points must have at most 2000 items.", 422);
    return { revision: 1 };
  });
  const [first, second, other] = [add(-1, 7), add(-2, 7), add(-3, 8)];
  [first, second, other].forEach(queue.push);
  await settled();
  queue.push(add(-4, 7));
  await settled();
  assert.deepEqual(log, [
    ["send", first],
    ["problem", "points must have at most 2000 items.", [first, second]],
    ["send", other],
    ["reply", 1],
  ]);
});

test("a refused change of no gesture takes no other with it", async () => {
  const { log, queue } = queueThat(async () => {
    throw new Problem("no", 422);
  });
  [add(-1), add(-2)].forEach(queue.push);
  await settled();
  assert.deepEqual(
    log.filter(([what]) => what === "problem").map(([, , changes]) => changes),
    [[add(-1)], [add(-2)]],
  );
});

for (const [status, sent] of /** @type {[number, number][]} */ ([
  [0, 3],
  [429, 3],
  [502, 3],
  [503, 3],
  [409, 1],
  [422, 1],
  [500, 1],
])) {
  test(`a change that is answered ${status} is sent ${sent === 1 ? "once" : "again until it is known what became of it"}`, async () => {
    let calls = 0;
    const { log, queue } = queueThat(async () => {
      if (++calls < 3) throw new Problem("not now", status);
      return { revision: 1 };
    });
    queue.push({ kind: "command", name: "step", body: { steps: 1 } });
    await settled();
    assert.equal(log.filter(([what]) => what === "send").length, sent);
    assert.equal(log.at(-1)[0], sent === 1 ? "problem" : "reply");
  });
}
