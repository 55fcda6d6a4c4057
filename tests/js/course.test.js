import assert from "node:assert/strict";
import test from "node:test";

import { createCourse } from "../../static/js/api/course.js";
import { Problem } from "../../static/js/api/http.js";
import { MOST_RETRIES } from "../../static/js/api/persistently.js";
import { emptySeries } from "../../static/js/core/series.js";

const settle = () => new Promise((resolve) => setImmediate(resolve));

/** @param {number} step @param {number} courses @param {number} [last_step] @returns {any} */
const snapshot = (step, courses, last_step = step) => ({ step, last_step, courses, loss: step / 100 });

/** @param {number[]} step */
const columns = (step) => ({ step, loss: step.map((one) => one / 100) });

function start() {
  /** @type {((columns: any) => void)[]} */
  const answers = [];
  /** @type {number[][]} */
  const shown = [];
  const course = createCourse(
    { series: emptySeries(), snapshot: snapshot(0, 0) },
    {
      fetchHistory: () => new Promise((resolve) => answers.push(resolve)),
      onSeries: (series) => shown.push([...series.step]),
    },
  );
  return { course, answers, shown };
}

test("snapshots of one course are its rows", () => {
  const { course, answers } = start();
  course.take(snapshot(5, 0));
  assert.deepEqual(course.take(snapshot(9, 0)).step, [0, 5, 9]);
  assert.equal(answers.length, 0);
});

test("another course is read from the server, and the newest snapshot stands in it", async () => {
  const { course, answers, shown } = start();
  course.take(snapshot(9, 0));
  course.take(snapshot(3, 1, 60));
  course.take(snapshot(4, 2, 60));
  assert.equal(answers.length, 1, "one request at a time");
  answers[0](columns([0, 3, 60]));
  await settle();
  assert.equal(answers.length, 2, "and then one for the newest");
  answers[1](columns([0, 20, 60]));
  await settle();
  assert.deepEqual(shown.at(-1), [0, 20, 60]);
  assert.deepEqual(course.take(snapshot(61, 2)).step, [0, 20, 60, 61]);
});

test("a course that the server could not tell at once is asked for again", async ({ mock }) => {
  mock.method(globalThis, "setTimeout", setImmediate);
  const answers = [() => Promise.reject(new Problem("busy", 503)), async () => columns([0, 3, 60])];
  /** @type {number[]} */
  const shown = await new Promise((resolve) => {
    const course = createCourse(
      { series: emptySeries(), snapshot: snapshot(9, 0) },
      {
        fetchHistory: () => answers.shift()?.() ?? Promise.reject(new Error("asked too often")),
        onSeries: ({ step }) => resolve([...step]),
      },
    );
    course.take(snapshot(3, 1, 60));
  });
  assert.deepEqual(shown, [0, 3, 60]);
});

test("what happened while the page was away is read once it is back, unless it is next to nothing", async () => {
  const { course, answers, shown } = start();
  course.take(snapshot(1000, 0));
  course.miss();
  course.take(snapshot(1010, 0));
  course.take(snapshot(3000, 0));
  assert.equal(answers.length, 0, "a leap of one that watches is all there is to know");
  course.miss();
  course.take(snapshot(9000, 0));
  assert.equal(answers.length, 1);
  answers[0](columns([0, 1000, 5000, 9000]));
  await settle();
  assert.deepEqual(shown, [[0, 1000, 5000, 9000]]);
});

test("a course that was asked for in vain for long is asked for again with the next snapshot", async ({ mock }) => {
  mock.method(globalThis, "setTimeout", setImmediate);
  let asked = 0;
  /** @type {number[][]} */
  const shown = [];
  const course = createCourse(
    { series: emptySeries(), snapshot: snapshot(9, 0) },
    {
      async fetchHistory() {
        asked += 1;
        if (asked <= MOST_RETRIES + 1) throw new Problem("away", 0);
        return columns([0, 3, 60]);
      },
      onSeries: ({ step }) => shown.push([...step]),
    },
  );
  course.take(snapshot(3, 1, 60));
  while (asked <= MOST_RETRIES) await settle();
  await settle();
  course.take(snapshot(4, 1, 60));
  await settle();
  course.take(snapshot(5, 1, 60));
  await settle();
  assert.deepEqual(shown, [[0, 3, 60]]);
  assert.equal(asked, MOST_RETRIES + 2, "once it is here it is not asked for any more");
});
