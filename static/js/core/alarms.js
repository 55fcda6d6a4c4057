// Whether the engine found something alarming in a layer. The words for it are in health.js, which is fetched with the first.

/** @typedef {import("./types.js").LayerHealth} LayerHealth */

/** Activations with two flat ends; a ReLU is flat on one side by design. */
export const SATURATING = ["tanh", "sigmoid"];

/** Are there alarms, of these codes or of any? @param {LayerHealth} layer @param {string[]} [codes] */
export function hasAlarm({ findings }, codes) {
  return findings.some(({ code, status }) => status === "alarm" && (codes?.includes(code) ?? true));
}

/** @param {LayerHealth[]} layers */
export const isAlarming = (layers) => layers.some((layer) => hasAlarm(layer));
