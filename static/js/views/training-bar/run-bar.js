// Run and Pause, Step, Reset, the speed, and how far training has come. All but the speed stands in the template.

import { formatCount, formatEpoch } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { listen, setText } from "../dom.js";
import { createNumberField } from "../fields/number-field.js";

/** @typedef {Record<"run"|"word"|"step"|"reset"|"steps"|"epochs"|"speed", HTMLElement>} Places word: of the Run button; steps, epochs: figures */

/**
 * @param {Places} places
 * @param {{catalog: import("../../core/types.js").Catalog, setField: (path: string, value: any) => void,
 *   command: (name: string, body?: object) => void}} options
 */
export function createRunBar(places, { catalog, setField, command }) {
  const { run, word, steps, epochs } = places;
  let running = false;
  const ends = [
    listen(run, { click: () => command(running ? "pause" : "run") }),
    listen(places.step, { click: () => command("step", { steps: 1 }) }),
    listen(places.reset, { click: () => command("reset") }),
  ];
  const speed = createNumberField(catalog.fields["pace.steps_per_second"], {
    onInput: (value) => setField("pace.steps_per_second", value),
    unit: "/s",
  });
  places.speed.append(speed.element);

  return {
    /** @param {import("../../core/types.js").Snapshot} snapshot @param {import("../../core/types.js").LabDocument} document */
    show(snapshot, document) {
      running = snapshot.state === "running";
      setText(word, running ? t("Pause") : t("Run"));
      run.classList.toggle("is-running", running);
      setText(steps, formatCount(snapshot.step));
      setText(epochs, formatEpoch(snapshot.epoch));
      speed.show(document.pace.steps_per_second);
    },
    destroy() {
      for (const end of ends) end();
      speed.element.remove();
    },
  };
}
