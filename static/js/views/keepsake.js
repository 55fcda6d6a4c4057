// What this browser remembers of a person's choices. In a frame on a page of others it may be forbidden to remember: then
// nothing is kept.

/** @param {() => Storage} storage which may throw already when it is asked for */
const keepsakes = (storage) => ({
  /** @param {string} key @returns {string|null} */
  recall(key) {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {string} value */
  keep(key, value) {
    try {
      storage().setItem(key, value);
    } catch {
      // Not allowed here.
    }
  },
});

export const { recall, keep } = keepsakes(() => localStorage);

/** What is remembered for this tab alone. */
export const ofTab = keepsakes(() => sessionStorage);
