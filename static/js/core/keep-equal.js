// What has not changed stays the same object, so that who shows a part of a document sees by `===` that it has nothing to do.

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null;

/**
 * `after`, with each of its parts that equals the one of `before` in the same place taken from there: `before` itself where
 * nothing differs. Both are JSON values, which nobody writes into.
 * @template T
 * @param {unknown} before
 * @param {T} after
 * @returns {T}
 */
export function keepEqual(before, after) {
  if (before === after || !isObject(before) || !isObject(after)) return after;
  if (Array.isArray(before) !== Array.isArray(after)) return after;
  const keys = Object.keys(after);
  const kept = keys.map((key) => keepEqual(before[key], after[key]));
  const isSame =
    keys.length === Object.keys(before).length && keys.every((key, index) => isKept(before, key, kept[index]));
  if (isSame) return /** @type {any} */ (before);
  return /** @type {any} */ (
    Array.isArray(after) ? kept : Object.fromEntries(keys.map((key, index) => [key, kept[index]]))
  );
}

/** @param {Record<string, any>} before @param {string} key @param {unknown} value */
const isKept = (before, key, value) => Object.hasOwn(before, key) && before[key] === value;
