// A page with experiments side by side for tests: a server that keeps what it is asked for, and a stream that a test speaks through.

import { openPanels } from "../../static/js/api/panels.js";
import { emptySeries } from "../../static/js/core/series.js";
import { documentWith, point } from "./documents.js";

/** @typedef {{id: string, what: string, body: any}} Request what: the command's name, or method and path below the session's */

/** The page's one stream is opened once and kept, so that all tests of a process share these. @type {EventTarget[]} */
const sources = [];
class Source extends EventTarget {
  static CLOSED = 2;
  /** @param {string} url */
  constructor(url) {
    super();
    this.url = url;
    sources.push(this);
  }
  close() {}
}

/** @param {string} kind @param {object} data */
const say = (kind, data) => sources.at(-1)?.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(data) }));

let numPages = 0;

/**
 * @param {import("node:test").TestContext} t
 * @param {{states?: string[], answer?: (request: Request) => object}} options the run state of each experiment
 */
export async function openPage(t, { states = ["paused", "paused"], answer = () => ({}) } = {}) {
  /** @type {Request[]} */
  const sent = [];
  /** @type {string[]} */
  const beacons = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  const window = { top: /** @type {unknown} */ (null) };
  window.top = window;
  const navigator = { sendBeacon: (/** @type {string} */ path) => beacons.push(path) };
  const put = { document: page, window, navigator, EventSource: Source, fetch: fetchOf(sent, answer) };
  for (const [name, value] of Object.entries(put)) replace(t, name, value);
  const prefix = `p${++numPages}`;
  const known = states.map((state, index) => knownOf(`${prefix}${"ABCDEF"[index]}`, state));
  /** @type {string[]} */
  const problems = [];
  const panels = openPanels(known, {
    onState: () => {},
    onPanels: () => {},
    onProblem: (words) => problems.push(words),
  });
  await settled();
  const idOf = (/** @type {string} */ letter) => `${prefix}${letter}`;
  return {
    ...panels,
    problems,
    /** @param {string} name */
    command: (name) => panels.change({ kind: "command", name }),
    panel: (/** @type {string} */ letter) =>
      /** @type {import("../../static/js/api/panels.js").Panel} */ (
        panels.panels().find(({ session }) => session.id === idOf(letter))
      ),
    /** @param {string} letter @param {object} snapshot */
    frame: (letter, snapshot) => say("frame", { session: `v${idOf(letter)}`, revision: 1, ...snapshot }),
    /** @param {string} letter @param {number} revision @param {object[]} points @param {object} [more] */
    points: (letter, revision, points, more) =>
      say("document", {
        session: `v${idOf(letter)}`,
        revision,
        points_revision: revision,
        document: { ...documentOf(points), ...more },
      }),
    /** @param {string} letter */
    gone: (letter) => say("bye", { session: `v${idOf(letter)}`, reason: "deleted" }),
    /** Leave the page, and say which are set going by that. */
    left() {
      beacons.length = 0;
      for (const hidden of [true, false]) {
        page.hidden = hidden;
        page.dispatchEvent(new Event("visibilitychange"));
      }
      return beacons.filter((path) => path.includes(`/${prefix}`));
    },
    /** What was sent of a kind, as "A run". @param {string[]} whats */
    sent: (...whats) =>
      sent.filter(({ what }) => whats.includes(what)).map(({ id, what }) => `${id.slice(prefix.length)} ${what}`),
    /** @param {string} letter @param {string} what */
    bodies: (letter, what) =>
      sent.filter((one) => one.id === idOf(letter) && one.what === what).map(({ body }) => body),
  };
}

/** Wait for a condition, and for what the answers to all that was sent until then bring about. @param {() => boolean} condition */
export async function until(condition) {
  const deadline_ms = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > deadline_ms) throw new Error(`never: ${condition}`);
    await settled();
  }
  await settled();
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 1));

/** @param {import("node:test").TestContext} t @param {string} name @param {unknown} value */
function replace(t, name, value) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  t.after(() => {
    if (before) Object.defineProperty(globalThis, name, before);
    else delete (/** @type {any} */ (globalThis)[name]);
  });
}

/** @param {Request[]} sent @param {(request: Request) => object} answer */
const fetchOf =
  (sent, answer) =>
  async (/** @type {string} */ path, /** @type {RequestInit} */ { method, body }) => {
    const [, id, rest] = /\/sessions\/(\w+)([^?]*)/.exec(path) ?? [];
    const what = method === "POST" ? rest.slice(1) : `${method} ${rest}`.trim();
    const request = { id, what, body: typeof body === "string" ? JSON.parse(body) : body };
    sent.push(request);
    try {
      const reply = { revision: 1, ...answer(request) };
      return { ok: true, status: 200, json: async () => reply };
    } catch (error) {
      const problem = { detail: /** @type {Error} */ (error).message };
      return { ok: false, status: 404, headers: new Headers(), json: async () => problem };
    }
  };

/** @param {object[]} points */
const documentOf = (points) => documentWith({ points, pace: { steps_per_second: 200 } });

/** @param {string} id @param {string} state @returns {any} */
const knownOf = (id, state) => ({
  session: {
    id,
    view_id: `v${id}`,
    revision: 1,
    points_revision: 1,
    document: documentOf([point(1), point(2), point(3)]),
    snapshot: { state, step: 0, revision: 1 },
  },
  series: emptySeries(),
});
