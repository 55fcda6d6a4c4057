// The page's one stream: whatever experiments are on the page, they are watched over one connection, as browsers have six
// for a server. Deals the events out to those who have subscribed; knows nothing of what they show.

import { createSubscribers } from "../core/subscribers.js";
import { streamQuery } from "../core/wants.js";
import { createConnection } from "./connection.js";
import { getSession, streamUrl } from "./endpoints.js";

/** @typedef {import("../core/wants.js").Want} Want */
/** @typedef {import("../core/types.js").Connection} Connection */
/**
 * @typedef {{onDocument?: (data: {revision: number, points_revision: number, document: import("../core/types.js").LeanDocument}) => void,
 *   onFrame?: (frame: import("../core/types.js").Frame) => void, onConnection?: (connection: Connection) => void,
 *   onGone?: (reason: string) => void}} Handlers
 */
/** @typedef {{want: Want, handlers: Handlers}} Subscriber */

/** Who hears of which event. @type {Record<string, "onDocument"|"onFrame">} */
const HANDLERS = { document: "onDocument", frame: "onFrame" };

/** @type {ReturnType<typeof createStream>|undefined} */
let shared;

/**
 * Watch an experiment: its document comes first, then a frame, then what is new.
 * @param {string} viewId
 * @param {Want} want
 * @param {Handlers} handlers
 */
export const subscribe = (viewId, want, handlers) =>
  (shared ??= createStream({ page: document, Source: EventSource, isGone: isDeleted })).subscribe(
    viewId,
    want,
    handlers,
  );

/** @param {string} viewId @returns {Promise<boolean>} */
const isDeleted = (viewId) =>
  getSession(viewId).then(
    () => false,
    ({ status }) => status === 404,
  );

/**
 * @param {{page: Document|EventTarget & {hidden: boolean}, Source: typeof EventSource, isGone: (viewId: string) => Promise<boolean>}} environment
 */
export function createStream({ page, Source, isGone }) {
  const subscribers = /** @type {ReturnType<typeof createSubscribers<Subscriber>>} */ (createSubscribers());
  /** @type {ReturnType<typeof createConnection>|null} */
  let connection = null;
  let isRenewing = false;

  const renew = () => {
    isRenewing = false;
    const wants = subscribers.wants();
    if (wants.size) {
      connection ??= createConnection({ onEvent, onState, beforeRetry }, { page, Source });
      connection.open(streamUrl(streamQuery(wants)));
    } else {
      connection?.destroy();
      connection = null;
    }
  };

  /** Ask for what is wanted now, once for all that changes at the same moment. */
  const renewSoon = () => {
    if (!isRenewing) queueMicrotask(renew);
    isRenewing = true;
  };

  const { giveUp, onState, onEvent } = createDealer(subscribers, () => renew());

  /** The server refuses a stream of nothing but experiments that it does not know. */
  const beforeRetry = async () => {
    for (const viewId of subscribers.viewIds()) {
      if (!(await isGone(viewId))) break;
      giveUp(viewId, "deleted");
    }
    renew();
  };

  return {
    /** @param {string} viewId @param {Want} want @param {Handlers} handlers */
    subscribe(viewId, want, handlers) {
      const subscriber = { want, handlers };
      subscribers.add(viewId, subscriber);
      handlers.onConnection?.("connecting");
      renewSoon();
      return {
        /** Want something else from now on. @param {Want} want */
        change(want) {
          if (!subscribers.of(viewId).includes(subscriber)) return;
          const before = streamQuery(subscribers.wants());
          subscriber.want = want;
          if (streamQuery(subscribers.wants()) !== before) renewSoon();
        },
        end() {
          subscribers.remove(viewId, subscriber);
          renewSoon();
        },
      };
    },
  };
}

/** Deals out what comes to those who have subscribed. @param {ReturnType<typeof createSubscribers<Subscriber>>} subscribers @param {() => void} onNone told when nobody is left */
function createDealer(subscribers, onNone) {
  /** An experiment will not come back: whoever asks on asks in vain. @param {string} viewId @param {string} reason */
  const giveUp = (viewId, reason) => {
    for (const subscriber of subscribers.of(viewId)) {
      subscribers.remove(viewId, subscriber);
      subscriber.handlers.onConnection?.("gone");
      subscriber.handlers.onGone?.(reason);
    }
  };
  return {
    giveUp,
    /** @param {Connection} state */
    onState: (state) => subscribers.all().forEach(({ handlers }) => handlers.onConnection?.(state)),
    /** @param {string} kind @param {any} data */
    onEvent(kind, data) {
      if (kind === "bye") {
        if (data.session) giveUp(data.session, data.reason); // else it is the server's, which will be back
        if (!subscribers.viewIds().length) onNone(); // else the others go on over the same connection
      } else subscribers.of(data.session).forEach(({ handlers }) => handlers[HANDLERS[kind]]?.(data));
    },
  };
}
