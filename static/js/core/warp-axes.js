// Which two units the plane is seen by: after a click on one, and when the network no longer has them. Pure.

/**
 * The two units to show after a click on a unit: the last two that were clicked in one layer; of a new layer the clicked
 * one and, until a second one is clicked, its neighbour.
 * @param {{layer: number, units: [number, number]}|null} chosen
 * @param {number} layer
 * @param {number} unit
 * @param {number} count units of the layer, at least 2
 * @returns {{layer: number, units: [number, number]}}
 */
export function chooseUnit(chosen, layer, unit, count) {
  if (chosen?.layer !== layer) return { layer, units: [(unit + 1) % count, unit] };
  if (chosen.units.includes(unit)) return chosen;
  return { layer, units: [chosen.units[1], unit] };
}

/**
 * The choice itself while the network has such units, else the last layer before the scores that has two, else any, else null.
 * @param {{layer: number, units: [number, number]}|null} chosen
 * @param {number[]} counts units of layer 1, 2, ..., the output layer last
 * @returns {{layer: number, units: [number, number]}|null}
 */
export function validChoice(chosen, counts) {
  if (chosen && Math.max(...chosen.units) < (counts[chosen.layer - 1] ?? 0)) return chosen;
  const hidden = counts.slice(0, -1).findLastIndex((count) => count > 1);
  const layer = hidden >= 0 ? hidden : counts.findLastIndex((count) => count > 1);
  return layer < 0 ? null : { layer: layer + 1, units: [0, 1] };
}
