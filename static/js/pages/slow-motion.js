// Slow motion: holds each update's frame back while its phases are walked through, and lets it through with the last one, so
// that the picture changes when the weights do. Fetched when the pace is slow for the first time.

import { t } from "../core/messages.js";
import { FORWARD, LOSS, UPDATE, walkLength_ms } from "../core/phases.js";
import { isSlowMotion } from "../core/pacing.js";
import { byId, h } from "../views/dom.js";
import { createPhaseCaption, describeUpdate } from "../views/plane/phase-caption.js";
import { createPhaseLights } from "../views/plane/phase-lights.js";
import { fetchStyle } from "../views/stylesheet.js";

await fetchStyle("phases");

/** @typedef {import("../core/phases.js").Phases} Phases */
/** @typedef {Partial<import("./playground.js").PageState>} Changes */

/**
 * @param {{store: {get: () => import("./playground.js").PageState, update: (changes: Changes) => void},
 *   announcer: {say: (message: string) => void}}} parts
 */
export function createSlowMotion({ store, announcer }) {
  const show = createParts();
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {Changes|null} the frame that waits for the last phase */
  let held = null;
  /** @type {number|null} the update whose phases have been shown */
  let shownStep = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;

  /** Let the frame through that is held back, and end its walk. */
  const finish = () => {
    clearTimeout(timer);
    if (held) store.update(held);
    held = null;
  };

  /** @param {Phases} phases @param {number} phase @param {number} length_ms of the whole walk */
  const enter = (phases, phase, length_ms) => {
    store.update({ walk: { phases, phase, length_ms } });
    if (phase === UPDATE) finish();
    timer = setTimeout(() => {
      if (phase < UPDATE) enter(phases, phase + 1, length_ms);
      else store.update({ walk: { phases, phase: null, length_ms } });
    }, length_ms / 4);
  };

  /** @param {Changes} frame @param {Phases} phases */
  const play = (frame, phases) => {
    finish();
    shownStep = phases.step;
    announcer.say(describeUpdate(phases));
    if (stillness.matches) return store.update({ ...frame, walk: { phases, phase: null, length_ms: 0 } });
    held = frame;
    showState(frame);
    const { snapshot, document } = store.get();
    enter(phases, FORWARD, walkLength_ms(snapshot.state === "running", document.pace.steps_per_second));
  };

  /** A newer frame of the update that is shown: it waits with the older one, if that waits still. @param {Changes} frame */
  const showSameUpdate = (frame) => {
    if (!held) return store.update(frame);
    held = { ...held, ...frame };
    showState(frame);
  };

  /** Buttons do not wait. @param {Changes} frame */
  const showState = ({ snapshot }) => {
    if (snapshot) store.update({ snapshot: { ...store.get().snapshot, state: snapshot.state } });
  };

  /** A frame: an update that is news is played, all else is shown at once. @param {Changes} frame */
  const receiveFrame = (frame) => {
    const phases = frame.phases ?? null;
    if (phases && phases.step === shownStep) showSameUpdate(frame);
    else if (phases && isSlowMotion(store.get().document.pace)) play(frame, phases);
    else {
      finish();
      shownStep = null;
      store.update({ ...frame, walk: null });
    }
  };

  return {
    /** What the experiment has to say. @param {Changes} changes */
    receive: (changes) => ("phases" in changes ? receiveFrame(changes) : store.update(changes)),
    show,
  };
}

/** The caption over the plane and the rings on it. */
function createParts() {
  const element = h("section", { class: "phases", "aria-label": t("One update in four phases"), hidden: true });
  const { body } = document;
  byId(body.classList.contains("comparing") ? "plane" : "diagram").before(element);
  const caption = createPhaseCaption(element);
  const lights = createPhaseLights(byId("plane"));
  /** @type {unknown[]} */
  let shown = [];

  /** @param {import("./playground.js").PageState} state */
  return ({ document, walk, colours }) => {
    const wanted = [document, walk, colours];
    if (wanted.every((value, index) => value === shown[index])) return;
    shown = wanted;
    const isOn = isSlowMotion(document.pace);
    element.hidden = !isOn;
    caption.show(walk?.phases ?? null, walk?.phase ?? null);
    const isLit = isOn && walk && (walk.phase === FORWARD || walk.phase === LOSS);
    lights.show(isLit ? { points: walk.phases.points, document, colours } : null);
  };
}
