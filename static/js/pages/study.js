// The page of one study: its controls, a run, the figure as it grows. The run's id stands in the address: a permanent link.

import { cancelRun, createRun, getEstimate, getFigure, getRun, runPath } from "../api/study-endpoints.js";
import { parametersIn, textOf } from "../core/study-values.js";
import { byId } from "../views/dom.js";
import { createTheme } from "../views/header/theme.js";
import { showNetworks } from "../views/studies/network-table.js";
import { isGoingOn, showEstimate, showFiles, showProblem, showRun } from "../views/studies/run-view.js";
import { markOther, showFigure } from "../views/studies/svg-figure.js";

const LOOK_EVERY_MS = 1000;

const name = String(byId("study").dataset.name);
const columns = JSON.parse(byId("study").dataset.columns ?? "{}");
const form = /** @type {HTMLFormElement} */ (byId("controls"));
let shownId = "";
/** @type {{id: string, finding: string}|null} the figure that is drawn */
let drawn = null;

/** @returns {(HTMLInputElement|HTMLSelectElement)[]} */
const controls = () => [...form.querySelectorAll("[name]")].map((one) => /** @type {HTMLInputElement} */ (one));

const parameters = () =>
  parametersIn(controls().map(({ name, dataset, value }) => ({ name, type: String(dataset.type), text: value })));

/** @param {() => Promise<unknown>} work */
const attempt = (work) =>
  work().catch(({ message, errors = [] }) =>
    showProblem(
      message,
      errors.map((/** @type {{field: string}} */ { field }) => field.split(".")[0]),
    ),
  );

async function run() {
  showProblem("");
  const { id } = await createRun(name, parameters());
  history.replaceState(null, "", `?run=${id}`);
  await follow(id);
}

/** Show a run until it has ended, or another one is shown. @param {string} id */
async function follow(id) {
  shownId = id;
  markOther(byId("figure"));
  for (let done = -1; shownId === id;) {
    const run = await getRun(id, false);
    if (shownId !== id) return;
    if (isGoingOn(run)) showRun(run);
    if (run.summary && run.progress > done) {
      done = run.progress;
      await drawFigure(id, run.summary.finding);
    }
    if (shownId !== id) return;
    if (!isGoingOn(run)) return (showRun(run), showResult(id));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** @param {string} id @param {string} finding */
async function drawFigure(id, finding) {
  const theme = document.documentElement.dataset.theme ?? "light";
  const text = await getFigure(id, theme, matchMedia("(max-width: 640px)").matches);
  if (shownId !== id) return;
  drawn = { id, finding };
  showFigure(byId("figure"), text, finding);
}

/** The figure in the colours of another theme. */
const redraw = () => drawn && attempt(() => drawFigure(String(drawn?.id), String(drawn?.finding)));

/** @param {string} id */
async function showResult(id) {
  const { result, parameters } = await getRun(id, true);
  for (const control of controls()) control.value = textOf(parameters[control.name] ?? "");
  if (!result) return;
  showFiles(runPath(id));
  showNetworks(/** @type {Element} */ (document.querySelector(".table-place")), result.rows, columns);
}

const estimate = () => attempt(async () => showEstimate(await getEstimate(name, parameters())));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(run);
});
form.addEventListener("change", () => {
  showProblem("");
  estimate();
});
byId("cancel").addEventListener("click", () => attempt(() => cancelRun(shownId)));

createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), redraw);

const asked = new URLSearchParams(location.search).get("run");
if (asked) attempt(() => follow(asked));
else estimate();
