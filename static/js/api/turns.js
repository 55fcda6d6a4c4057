// The streams of frames that stand side by side on a page of course notes. A browser has six connections for a server: four streams may
// stay open, and whoever comes later looks in for a moment, again and again, until a place is free.

const PLACES = [1, 2, 3, 4].map((number) => `nnlab-stream-${number}`);

/** Whoever has no place rests so long between two looks, and looks so long at the most. */
const REST_MS = 1500;
const LOOK_MS = 4000;

/**
 * An EventSource that takes turns with those of other frames.
 * @param {string} url
 * @param {{locks: LockManager, Source: typeof EventSource}} environment
 */
export function createSourceInTurns(url, { locks, Source }) {
  /** @type {[string, (event: any) => void][]} */
  const listeners = [];
  /** @type {EventSource|null} */
  let source = null;
  /** @type {(() => void)|null} */
  let leavePlace = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  let isClosed = false;

  const begin = async () => {
    leavePlace = await takePlace(locks);
    if (isClosed) return leavePlace?.();
    source = new Source(url);
    for (const [kind, listener] of listeners) source.addEventListener(kind, listener);
    if (leavePlace) return;
    source.addEventListener("frame", rest);
    timer = setTimeout(rest, LOOK_MS);
  };
  const rest = () => {
    clearTimeout(timer);
    source?.close();
    timer = setTimeout(begin, REST_MS);
  };
  begin();

  return {
    get readyState() {
      return source?.readyState ?? 0;
    },
    /** @param {string} kind @param {(event: any) => void} listener */
    addEventListener(kind, listener) {
      listeners.push([kind, listener]);
      source?.addEventListener(kind, listener);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      source?.close();
      leavePlace?.();
    },
  };
}

/** A place, as the function that leaves it; null where all are taken. @param {LockManager} locks @returns {Promise<(() => void)|null>} */
async function takePlace(locks) {
  for (const name of PLACES) {
    const leave = await tryToTake(locks, name);
    if (leave) return leave;
  }
  return null;
}

/** @param {LockManager} locks @param {string} name @returns {Promise<(() => void)|null>} */
const tryToTake = (locks, name) =>
  new Promise((resolve) => {
    locks.request(name, { ifAvailable: true }, (lock) =>
      lock ? new Promise((leave) => resolve(() => leave(undefined))) : resolve(null),
    );
  });

/**
 * What this page's streams are made with: a page of its own keeps its one stream open; so do frames where the browser knows no locks,
 * which is so over plain http from another machine.
 * @returns {typeof EventSource}
 */
export function sourceOfPage() {
  const { locks } = navigator;
  if (window === window.top || !locks) return EventSource;
  const make = (/** @type {string} */ url) => createSourceInTurns(url, { locks, Source: EventSource });
  return /** @type {any} */ (
    Object.assign(
      function SourceInTurns(/** @type {string} */ url) {
        return make(url);
      },
      { CLOSED: EventSource.CLOSED },
    )
  );
}
