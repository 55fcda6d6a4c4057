// Run and Pause, Step, Reset, the speed, and how far training has come. The speed has a place of its own.

import { formatCount, formatEpoch } from "../core/format.js";
import { t } from "../core/messages.js";
import { h, setText } from "./dom.js";
import { createNumberField } from "./number-field.js";

/**
 * @param {HTMLElement} element
 * @param {HTMLElement} speedPlace
 * @param {{catalog: import("../core/types.js").Catalog, setField: (path: string, value: any) => void,
 *   command: (name: string, body?: object) => void}} options
 */
export function createRunBar(element, speedPlace, { catalog, setField, command }) {
  let running = false;
  const run = h("button", {
    type: "button",
    class: "button primary run",
    on: { click: () => command(running ? "pause" : "run") },
  });
  const step = h(
    "button",
    {
      type: "button",
      class: "button",
      title: t("One parameter update"),
      on: { click: () => command("step", { steps: 1 }) },
    },
    t("Step"),
  );
  const reset = h(
    "button",
    {
      type: "button",
      class: "button",
      title: t("Back to the starting weights of this seed"),
      on: { click: () => command("reset") },
    },
    t("Reset"),
  );
  const speed = createNumberField(catalog.fields["pace.steps_per_second"], {
    onInput: (value) => setField("pace.steps_per_second", value),
  });
  const [steps, epochs] = [counter(t("step")), counter(t("epoch"))];
  element.append(
    h("div", { class: "run-buttons" }, run, step, reset),
    h("div", { class: "counters" }, steps.element, epochs.element),
  );
  speedPlace.append(speed.element);

  return {
    /** @param {import("../core/types.js").Snapshot} snapshot @param {import("../core/types.js").LabDocument} document */
    show(snapshot, document) {
      running = snapshot.state === "running";
      setText(run, running ? t("Pause") : t("Run"));
      run.classList.toggle("is-running", running);
      setText(steps.value, formatCount(snapshot.step));
      setText(epochs.value, formatEpoch(snapshot.epoch));
      speed.show(document.pace.steps_per_second);
    },
  };
}

/** @param {string} name */
function counter(name) {
  const value = h("dd", {}, "0");
  return { value, element: h("dl", { class: "counter" }, h("dt", {}, name), value) };
}
