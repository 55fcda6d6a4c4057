// An EventSource that is open while the tab is visible and opened again after an outage. Knows the events' names, not
// what they mean, and not what is watched.

import { retryDelay_ms } from "../core/backoff.js";
import { createTerms } from "../core/terms.js";

const EVENTS = ["document", "frame", "room", "bye"];

/** Tells of events, but not of frames that are out of date. @param {(kind: string, data: any) => void} onEvent */
function createHearing(onEvent) {
  const terms = createTerms();
  return (/** @type {string} */ kind, /** @type {MessageEvent} */ event) => {
    const data = JSON.parse(event.data);
    if (kind !== "frame" || !terms.isOld(data.session, event.lastEventId)) onEvent(kind, data);
  };
}

/**
 * @param {{onEvent: (kind: string, data: any) => void, onState: (state: "live"|"reconnecting"|"hidden") => void,
 *   beforeRetry: () => Promise<void>}} listener `beforeRetry` is asked once the server has refused: it may open another address
 * @param {{page: Document|EventTarget & {hidden: boolean}, Source: typeof EventSource}} environment
 */
export function createConnection({ onEvent, onState, beforeRetry }, { page, Source }) {
  /** @type {EventSource|null} */
  let source = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let url = "";
  let attempt = 0;

  const hear = createHearing(onEvent);

  const close = () => {
    clearTimeout(timer);
    timer = undefined;
    source?.close();
    source = null;
  };

  const retry = async () => {
    const mine = timer;
    await beforeRetry();
    if (timer === mine && url) connect(); // else closed, or opened, in the meantime
  };

  const connect = () => {
    close();
    const opened = (source = new Source(url));
    opened.addEventListener("open", () => {
      attempt = 0;
      onState("live");
    });
    for (const kind of EVENTS)
      opened.addEventListener(kind, (event) => opened === source && hear(kind, /** @type {MessageEvent} */ (event)));
    opened.addEventListener("error", () => {
      onState("reconnecting");
      // A browser retries a broken connection by itself, but gives up for good after an error status.
      if (opened === source && opened.readyState === Source.CLOSED) timer = setTimeout(retry, retryDelay_ms(attempt++));
    });
  };

  const follow = () => {
    if (page.hidden) {
      close();
      onState("hidden");
    } else if (url) connect();
  };

  page.addEventListener("visibilitychange", follow);
  return {
    /** Go on with this address. @param {string} newUrl */
    open(newUrl) {
      url = newUrl;
      follow();
    },
    destroy() {
      url = "";
      page.removeEventListener("visibilitychange", follow);
      close();
    },
  };
}
