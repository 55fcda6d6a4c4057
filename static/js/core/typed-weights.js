// Weights set by hand, laid over those of a frame that does not have them yet. Pure.

/** @typedef {import("./changes.js").WeightEntry} WeightEntry */
/** @typedef {import("./types.js").LayerWeights} LayerWeights */

/**
 * The weights with entries set; an entry that the network no longer has changes nothing.
 * @param {LayerWeights[]} weights
 * @param {WeightEntry[]} entries
 */
export function withEntries(weights, entries) {
  return entries.reduce(withEntry, weights);
}

/** @param {LayerWeights[]} weights @param {WeightEntry} entry @returns {LayerWeights[]} */
function withEntry(weights, entry) {
  const { piece = 0 } = entry;
  const index = entry.layer - 1;
  const isBias = "bias" in entry;
  const name = isBias ? "biases" : "weights";
  const values = /** @type {any} */ (weights[index]?.[name]);
  const hasPieces = Array.isArray(isBias ? values?.[0] : values?.[0]?.[0]);
  const path = [...(hasPieces ? [piece] : []), ...(isBias ? [entry.unit] : [entry.row, entry.column])];
  if (path.reduce((part, at) => part?.[at], values) === undefined) return weights;
  return weights.with(index, { ...weights[index], [name]: setAt(values, path, isBias ? entry.bias : entry.value) });
}

/** A copy of nested arrays with one number set. @param {any[]} values @param {number[]} path @param {number} number @returns {any[]} */
function setAt(values, [first, ...rest], number) {
  return values.with(first, rest.length ? setAt(values[first], rest, number) : number);
}
