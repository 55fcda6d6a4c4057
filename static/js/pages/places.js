// The elements of the template by the view that fills them: the one place where the page's ids are known to its views.

import { byId } from "../views/dom.js";

/** @param {string} id */
const button = (id) => /** @type {HTMLButtonElement} */ (byId(id));
/** @param {string} id */
const fieldset = (id) => /** @type {HTMLFieldSetElement} */ (byId(id));

/** The parts of the page that a person arranges. */
export const arrangementPlaces = () => ({
  body: document.body,
  railTabs: byId("rail-tabs"),
  resultTabs: byId("result-tabs"),
  phoneTabs: byId("phone-tabs"),
  enlarge: byId("enlarge"),
  taller: byId("taller"),
  allSettings: byId("all-settings"),
  plane: byId("plane"),
});

/** The training bar's buttons and figures. */
export const runPlaces = () => ({
  run: byId("run"),
  word: byId("run-word"),
  step: byId("step"),
  reset: byId("reset"),
  steps: byId("steps"),
  epochs: byId("epochs"),
  speed: byId("speed"),
});

/** Where the settings of a first lesson stand: in the bar, and where that has no room in the rail. */
export const settingPlaces = () => ({ bar: byId("bar-settings"), sheet: byId("first-settings") });

/** The rail's data. */
export const dataPlaces = () => ({
  task: byId("task"),
  datasets: byId("datasets"),
  settings: fieldset("dataset"),
  more: byId("dataset-more"),
  moreFields: /** @type {HTMLElement} */ (byId("dataset-more").querySelector(".fields")),
  legend: byId("legend"),
  clear: button("clear-points"),
  renew: button("new-points"),
  open: byId("open-points"),
});

/** The network card. */
export function networkPlaces() {
  const diagram = byId("diagram");
  return {
    card: byId("network-card"),
    layerCount: byId("layer-count"),
    size: button("network-size"),
    diagram,
    sheet: /** @type {HTMLElement} */ (diagram.querySelector(".diagram-sheet")),
    heads: byId("column-heads"),
    feet: byId("column-feet"),
  };
}

/** Moving in time. */
export const timePlaces = () => ({
  slider: /** @type {HTMLInputElement} */ (byId("moment")),
  moment: byId("moment-words"),
  back: button("back"),
  epoch: byId("step-epoch"),
  slowMotion: byId("slow-motion"),
});

/** Loss and accuracy. */
export const resultPlaces = () => ({ body: byId("results-body"), tools: byId("chart-tools") });

/** The sheets of the results card that tell of the network's inside. */
export const insidePlaces = () => ({
  unit: byId("sheet-unit"),
  health: byId("sheet-health"),
  warp: byId("sheet-warp"),
  probe: byId("sheet-probe"),
});

/** The buttons over the plane. */
export const zoomPlaces = () => ({
  closer: button("zoom-in"),
  wider: button("zoom-out"),
  fit: button("zoom-fit"),
  outside: byId("outside"),
});

/** What makes room for experiments side by side. */
export const comparePlaces = () => ({
  body: document.body,
  stage: /** @type {HTMLElement} */ (byId("plane").closest(".stage")),
  plane: byId("plane"),
  time: byId("time"),
  barSettings: byId("bar-settings"),
  settingsSheet: byId("sheet-settings"),
});

/** What cannot be done without the server. */
export const serverParts = () => ["run-set", "time"].map(fieldset);
