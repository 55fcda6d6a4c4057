// How a run of a study looks: progress, problem, finding, what can be taken along. Asks nobody.

import { t } from "../../core/messages.js";
import { byId, setText } from "../dom.js";

/** @typedef {import("../../core/study-values.js").StudyRun} StudyRun */

export const isGoingOn = (/** @type {StudyRun} */ { state }) => state === "queued" || state === "running";

/** @param {StudyRun} run */
export function showRun(run) {
  const goesOn = isGoingOn(run);
  const progress = /** @type {HTMLProgressElement} */ (byId("progress"));
  progress.hidden = !goesOn;
  progress.value = run.progress;
  byId("cancel").hidden = !goesOn;
  showProblem(run.problem ?? "");
  setText(byId("estimate"), statusOf(run));
  setText(byId("finding"), run.summary?.finding ?? "");
}

/**
 * What is wrong, at the controls that it is about; nothing for an empty text.
 * @param {string} text
 * @param {string[]} [names] of the controls
 */
export function showProblem(text, names = []) {
  byId("problem").hidden = !text;
  setText(byId("problem"), text);
  if (text) setText(byId("estimate"), "");
  for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (byId("controls").querySelectorAll("[name]"))) {
    control.setAttribute("aria-invalid", String(names.includes(control.name)));
  }
}

/** @param {{seconds: number, networks: number}} estimate */
export function showEstimate({ seconds, networks }) {
  setText(
    byId("estimate"),
    t("{networks} networks, about {seconds} s", { networks, seconds: Math.max(1, Math.round(seconds)) }),
  );
}

/** Links to the files of a run. @param {string} path */
export function showFiles(path) {
  byId("results").hidden = false;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("[data-file]"))) {
    link.href = link.dataset.file ? `${path}/${link.dataset.file}` : path;
  }
}

/** @param {StudyRun} run */
function statusOf({ state, progress, seconds_left }) {
  const words = { done: t("Done."), cancelled: t("Cancelled."), failed: t("Failed."), queued: t("Waiting …") };
  if (state !== "running") return words[/** @type {keyof typeof words} */ (state)];
  const percent = Math.round(progress * 100);
  return t("{percent} %, about {seconds} s left", { percent, seconds: Math.max(1, Math.ceil(seconds_left ?? 1)) });
}
