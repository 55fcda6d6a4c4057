// The feet of the diagram's columns: what share of a hidden layer's units is dead, or how saturated it is. A press leads to the
// layers' health.

import { hasAlarm, SATURATING } from "../../core/alarms.js";
import { FOOT_CSS } from "../../core/diagram-layout.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../../core/types.js").LayerHealth} LayerHealth */

/** Columns that are nearer than the words are wide have feet without them. */
const SATURATED_CSS = 100;
const DEAD_CSS = 92;

/** @param {HTMLElement} element @param {{onPress: () => void}} options */
export function createColumnFeet(element, { onPress }) {
  /** @type {ReturnType<typeof createFoot>[]} */
  let feet = [];
  return {
    /**
     * @param {LayerHealth[]} layers the output layer last
     * @param {import("../../core/types.js").Network} network
     * @param {import("../../core/diagram-layout.js").Layout} layout
     */
    show(layers, { hidden }, { columns, height, spacing }) {
      while (feet.length > hidden.length) feet.pop()?.element.remove();
      while (feet.length < hidden.length) {
        feet.push(createFoot(onPress));
        element.append(feet[feet.length - 1].element);
      }
      feet.forEach((foot, index) => {
        const place = { left: columns[index + 1].middle, top: height - FOOT_CSS, spacing };
        foot.show(layers.length === hidden.length + 1 ? layers[index] : null, hidden[index].activation, place);
      });
    },
    destroy() {
      for (const foot of feet) foot.element.remove();
      feet = [];
    },
  };
}

/** @param {() => void} onPress */
function createFoot(onPress) {
  const words = h("span", {});
  const element = h(
    "button",
    { type: "button", class: "column-foot", title: t("Health of each layer"), on: { click: onPress } },
    h("span", { class: "health-dot", "aria-hidden": true }),
    words,
  );
  return {
    element,
    /** @param {LayerHealth|null} health @param {string} activation @param {{left: number, top: number, spacing: number}} place */
    show(health, activation, { left, top, spacing }) {
      const isFlat = SATURATING.includes(activation);
      const share = (isFlat ? health?.saturated_fraction : health?.dead_fraction) ?? null;
      element.style.left = `${left}px`;
      element.style.top = `${top}px`;
      element.hidden = share === null;
      element.classList.toggle("is-alarm", health !== null && hasAlarm(health, ["dead", "saturated"]));
      const values = { share: `${Math.round(100 * Number(share))} %` };
      const text = isFlat ? t("saturated {share}", values) : t("dead {share}", values);
      setText(words, spacing < (isFlat ? SATURATED_CSS : DEAD_CSS) ? values.share : text);
      element.ariaLabel = text;
    },
  };
}
