// What this browser remembers of a person's choices. In a frame on a page of others it may be forbidden to remember: then
// nothing is kept.

/** @param {string} key @returns {string|null} */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Not allowed here.
  }
}
