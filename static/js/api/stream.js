// The page's one stream: whatever experiments are on the page, they are watched over one connection, as browsers have six
// for a server. Deals the events out to those who have subscribed; knows nothing of what they show.

import { createSubscribers } from "../core/subscribers.js";
import { streamQuery } from "../core/wants.js";
import { createConnection } from "./connection.js";
import { getSession, streamUrl } from "./endpoints.js";
import { isMissing } from "./http.js";
import { sourceOfPage } from "./turns.js";

/** @typedef {import("../core/wants.js").Want} Want */
/** @typedef {import("../core/types.js").Connection} Connection */
/**
 * @typedef {{onDocument?: (data: {revision: number, points_revision: number, document: import("../core/types.js").LeanDocument}) => void,
 *   onFrame?: (frame: import("../core/types.js").Frame) => void, onConnection?: (connection: Connection) => void,
 *   onGone?: (reason: string) => void}} Handlers
 */
/** @typedef {{want: Want, handlers: Handlers}} Subscriber */
/**
 * What shares the connection: `urlOf` is an address that has its events and those of the experiments; `hears` takes an event and says
 * whether it was one for it; `look` is asked whether it is still there when the server has refused.
 * @typedef {{urlOf: (wants: Map<string, Want>) => string, hears: (kind: string, data: any) => boolean, look: () => Promise<void>}} Companion
 */

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
export const subscribe = (viewId, want, handlers) => ofPage().subscribe(viewId, want, handlers);

/** Have something else come over the page's connection, or no longer. @param {Companion|null} companion */
export const accompany = (companion) => ofPage().accompany(companion);

const ofPage = () => (shared ??= createStream({ page: document, Source: sourceOfPage(), isGone: isDeleted }));

const isDeleted = (/** @type {string} */ viewId) => isMissing(getSession(viewId));

/**
 * @param {{page: Document|EventTarget & {hidden: boolean}, Source: typeof EventSource, isGone: (viewId: string) => Promise<boolean>}} environment
 */
export function createStream({ page, Source, isGone }) {
  const subscribers = /** @type {ReturnType<typeof createSubscribers<Subscriber>>} */ (createSubscribers());
  /** @type {Companion|null} */
  let beside = null;

  /** What is wanted now, as an address; nothing for nothing. */
  const wantedUrl = () => {
    const wants = subscribers.wants();
    return beside?.urlOf(wants) ?? (wants.size ? streamUrl(streamQuery(wants)) : "");
  };
  const dealer = createDealer(subscribers, () => connection.renew());
  /** The server refuses a stream of nothing but experiments that it does not know. */
  const beforeRetry = async () => {
    await beside?.look();
    for (const viewId of subscribers.viewIds()) {
      if (!(await isGone(viewId))) break;
      dealer.giveUp(viewId, "deleted");
    }
    connection.renew();
  };
  const onEvent = (/** @type {string} */ kind, /** @type {any} */ data) => {
    if (!beside?.hears(kind, data)) dealer.onEvent(kind, data);
  };
  const connection = createRenewed(wantedUrl, { onEvent, onState: dealer.onState, beforeRetry }, { page, Source });

  return {
    /** @param {string} viewId @param {Want} want @param {Handlers} handlers */
    subscribe(viewId, want, handlers) {
      const subscriber = { want, handlers };
      subscribers.add(viewId, subscriber);
      handlers.onConnection?.("connecting");
      connection.renewSoon();
      return {
        /** Want something else from now on. @param {Want} want */
        change(want) {
          if (!subscribers.of(viewId).includes(subscriber)) return;
          const before = wantedUrl();
          subscriber.want = want;
          if (wantedUrl() !== before) connection.renewSoon();
        },
        end() {
          subscribers.remove(viewId, subscriber);
          connection.renewSoon();
        },
      };
    },
    /** @param {Companion|null} companion */
    accompany(companion) {
      beside = companion;
      connection.renewSoon();
    },
  };
}

/**
 * A connection to whatever is wanted; none while nothing is.
 * @param {() => string} wantedUrl
 * @param {Parameters<typeof createConnection>[0]} listener
 * @param {Parameters<typeof createConnection>[1]} environment
 */
function createRenewed(wantedUrl, listener, environment) {
  /** @type {ReturnType<typeof createConnection>|null} */
  let connection = null;
  let isRenewing = false;

  const renew = () => {
    isRenewing = false;
    const url = wantedUrl();
    if (url) {
      connection ??= createConnection(listener, environment);
      connection.open(url);
    } else {
      connection?.destroy();
      connection = null;
    }
  };
  return {
    renew,
    /** Ask for what is wanted now, once for all that changes at the same moment. */
    renewSoon() {
      if (!isRenewing) queueMicrotask(renew);
      isRenewing = true;
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
