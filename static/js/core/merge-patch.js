// JSON merge patch (RFC 7396) on the page's side: applying one, making one, joining two.

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `target` with `patch` applied, as a new value. Unlike on the server a null stays null: in a document it means "empty",
 * and the default that the server puts there comes back with its next document.
 * @param {any} target
 * @param {any} patch
 * @returns {any}
 */
export function mergePatch(target, patch) {
  if (!isObject(patch)) return patch;
  /** @type {Record<string, any>} */
  const merged = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) merged[key] = mergePatch(merged[key], value);
  return merged;
}

/**
 * The patch that sets one field: patchAt("training.l2", 0.1) is {training: {l2: 0.1}}.
 * @param {string} path
 * @param {unknown} value
 * @returns {Record<string, any>}
 */
export function patchAt(path, value) {
  return /** @type {Record<string, any>} */ (
    path.split(".").reduceRight((inner, key) => ({ [key]: inner }), /** @type {any} */ (value))
  );
}

/**
 * The value at a path such as "training.l2", undefined where there is none.
 * @param {any} value
 * @param {string} path
 */
export function valueAt(value, path) {
  return path.split(".").reduce((inner, key) => inner?.[key], value);
}
