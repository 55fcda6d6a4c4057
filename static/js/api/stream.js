// The page's one EventSource: open while the tab is visible, reopened by itself after an outage. Browsers allow six
// streams per server, so a hidden tab gives its place back. Knows the events' names, not what they mean.

import { retryDelay_ms } from "../core/backoff.js";

/**
 * @param {string} url
 * @param {{onDocument: (data: {revision: number, points_revision: number, document: import("../core/types.js").LeanDocument}) => void,
 *   onFrame: (frame: import("../core/types.js").Frame) => void,
 *   onConnection: (connection: import("../core/types.js").Connection) => void,
 *   onGone: (reason: string) => void, isGone: () => Promise<boolean>}} listener
 * @param {{page?: Document, Source?: typeof EventSource}} [environment]
 */
export function openStream(url, listener, { page = document, Source = EventSource } = {}) {
  /** @type {EventSource|null} */
  let source = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let attempt = 0;
  let isGone = false;

  const close = () => {
    clearTimeout(timer);
    timer = undefined;
    source?.close();
    source = null;
  };

  /** The session will not come back: whoever asks on asks in vain. @param {string} reason */
  const giveUp = (reason) => {
    isGone = true;
    close();
    listener.onConnection("gone");
    listener.onGone(reason);
  };

  const connectAgain = async () => {
    const gone = await listener.isGone();
    if (timer === undefined) return; // closed in the meantime
    if (gone) giveUp("deleted");
    else connect();
  };

  const connect = () => {
    if (isGone) return;
    close();
    source = new Source(url);
    source.addEventListener("open", () => {
      attempt = 0;
      listener.onConnection("live");
    });
    source.addEventListener("document", (event) => listener.onDocument(JSON.parse(event.data)));
    source.addEventListener("frame", (event) => listener.onFrame(JSON.parse(event.data)));
    source.addEventListener("bye", (event) => {
      const { reason } = JSON.parse(event.data);
      if (reason !== "restart") giveUp(reason);
    });
    source.addEventListener("error", () => {
      listener.onConnection("reconnecting");
      // A browser retries a broken connection by itself, but gives up for good after an error status.
      if (source?.readyState === Source.CLOSED) timer = setTimeout(connectAgain, retryDelay_ms(attempt++));
    });
  };

  const follow = () => {
    if (!page.hidden) return connect();
    close();
    if (!isGone) listener.onConnection("hidden");
  };

  page.addEventListener("visibilitychange", follow);
  listener.onConnection("connecting");
  follow();
  return {
    /** Go on with another address of the same stream. @param {string} newUrl */
    reopen(newUrl) {
      if (newUrl === url) return;
      url = newUrl;
      if (!page.hidden) connect();
    },
    destroy() {
      page.removeEventListener("visibilitychange", follow);
      close();
    },
  };
}
