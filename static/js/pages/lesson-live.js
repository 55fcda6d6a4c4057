// The small playgrounds of a lesson: each opens an experiment of its own once it comes into view, and finds it again after a reload.

import { createSession, getHistory, getSession } from "../api/endpoints.js";
import { openExperiment } from "../api/experiment.js";
import { settingPatch, settingsPatch } from "../core/layer-settings.js";
import { emptySeries, seriesOf } from "../core/series.js";
import { createStore } from "../core/store.js";
import { ofTab } from "../views/keepsake.js";
import { createLiveView } from "../views/lessons/live-view.js";
import { addressOf } from "./open-session.js";

/** @typedef {{document: Record<string, any>, dataset: Record<string, any>, controls: string[]}} LiveSettings */
/** @typedef {import("../views/lessons/live-view.js").LiveState} LiveState */

/**
 * @param {HTMLElement} figure of the lesson's template
 * @param {{lesson: string, catalog: import("../core/types.js").Catalog, colours: () => import("../views/header/theme.js").Colours,
 *   onState: (state: LiveState) => void, onProblem: (message: string) => void}} options
 */
export function createLive(figure, { lesson, catalog, colours, onState, onProblem }) {
  const settings = /** @type {LiveSettings} */ (JSON.parse(figure.dataset.settings ?? "{}"));
  const key = `nnlab-live-${lesson}-${figure.dataset.live}`;
  /** @type {ReturnType<typeof createStore<LiveState>>|null} */
  let store = null;

  const open = async () => {
    const { session, series } = await opened(key, settings, onProblem);
    onProblem("");
    const id = session.id ?? session.view_id;
    const made = createStore(
      /** @type {LiveState} */ ({
        ...session,
        regions: null,
        curves: null,
        colours: colours(),
        address: addressOf(id),
      }),
    );
    const experiment = openExperiment(session, series, { onState: (news) => made.update(news), onProblem });
    if (settings.document.task === "curve_fitting") experiment.setViews("curves");
    const change = (/** @type {Record<string, any>} */ patch) => {
      const isRunning = made.get().snapshot.state === "running";
      experiment.change({ kind: "patch", patch });
      if (!("network" in patch)) return;
      experiment.command("reset"); // a lesson compares networks: each starts afresh
      if (isRunning) experiment.command("run");
    };
    const view = createLiveView(/** @type {HTMLElement} */ (figure.querySelector(".live-body")), {
      catalog,
      controls: settings.controls,
      command: experiment.command,
      setField: (path, value) => change(settingPatch(made.get().document, path, value)),
    });
    offerTrials(figure, (trial) => {
      change(settingsPatch(made.get().document, trial));
      if (made.get().snapshot.state !== "running") experiment.command("run");
    });
    made.subscribe((state) => {
      view.show(state);
      onState(state);
    });
    store = made;
    figure.dataset.ready = "true";
  };
  whenSeen(figure, () => open().catch((problem) => onProblem(problem.message)));
  return {
    /** @param {import("../views/header/theme.js").Colours} newColours */
    paint: (newColours) => store?.update({ colours: newColours }),
  };
}

/** The buttons that make a change and let it run. @param {HTMLElement} figure @param {(settings: Record<string, any>) => void} onTry */
function offerTrials(figure, onTry) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (figure.querySelectorAll("[data-trial]"))) {
    button.disabled = false;
    button.addEventListener("click", () => onTry(JSON.parse(button.dataset.trial ?? "{}")));
  }
}

/** The experiment this tab had here before, or a new one. @param {string} key @param {LiveSettings} settings @param {import("../api/endpoints.js").OnWait} onWait */
export async function opened(key, { document, dataset }, onWait) {
  const before = ofTab.recall(key);
  if (before) {
    try {
      const [session, columns] = await Promise.all([getSession(before), getHistory(before)]);
      return { session, series: seriesOf(columns) };
    } catch (problem) {
      if (/** @type {{status?: number}} */ (problem).status !== 404) throw problem;
      // Gone; a new one takes its place.
    }
  }
  const session = await createSession({ ...document, dataset }, onWait);
  ofTab.keep(key, session.id ?? session.view_id); // where that is not allowed, there is a new one after a reload
  return { session, series: emptySeries() };
}

/** Once, when the element comes near the window. @param {HTMLElement} element @param {() => void} act */
function whenSeen(element, act) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: "200px" },
  );
  observer.observe(element);
}
