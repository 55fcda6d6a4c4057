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
 * @typedef {{store: {get: () => import("./playground.js").PageState, update: (changes: Changes) => void},
 *   announcer: {say: (message: string) => void}}} Parts
 */

/** @param {Parts} parts */
export function createSlowMotion({ store, announcer }) {
  const show = createParts();
  const stillness = matchMedia("(prefers-reduced-motion: reduce)");
  const held = createHeldFrame(store);
  const walker = createWalker((walk) => store.update({ walk }), held.letThrough);
  /** @type {number|null} the update whose phases have been shown */
  let shownStep = null;

  /** Let the frame through that is held back, and end its walk. */
  const finish = () => {
    walker.stop();
    held.letThrough();
  };

  /** @param {Changes} frame @param {Phases} phases */
  const play = (frame, phases) => {
    finish();
    shownStep = phases.step;
    announcer.say(describeUpdate(phases));
    if (stillness.matches) return store.update({ ...frame, walk: { phases, phase: null, length_ms: 0 } });
    held.hold(frame);
    const { snapshot, document } = store.get();
    walker.start(phases, walkLength_ms(snapshot.state === "running", document.pace.steps_per_second));
  };

  /** A frame: an update that is news is played, all else is shown at once. @param {Changes} frame */
  const receiveFrame = (frame) => {
    const phases = frame.phases ?? null;
    if (phases && phases.step === shownStep) held.join(frame);
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

/** The frame that waits for its update's last phase; only its run state shows at once, as buttons do not wait. @param {Parts["store"]} store */
function createHeldFrame(store) {
  /** @type {Changes|null} */
  let held = null;
  /** @param {Changes} frame */
  const showState = ({ snapshot }) => {
    if (snapshot) store.update({ snapshot: { ...store.get().snapshot, state: snapshot.state } });
  };
  return {
    /** @param {Changes} frame */
    hold(frame) {
      held = frame;
      showState(frame);
    },
    /** A newer frame of the same update: it waits with the older one, if that waits still. @param {Changes} frame */
    join(frame) {
      if (!held) return store.update(frame);
      held = { ...held, ...frame };
      showState(frame);
    },
    letThrough() {
      if (held) store.update(held);
      held = null;
    },
  };
}

/**
 * Walks through the phases of an update, each for as long as the others.
 * @param {(walk: import("../core/phases.js").Walk) => void} enter told of each phase, and of none after the last
 * @param {() => void} onUpdate told as the last one begins
 */
function createWalker(enter, onUpdate) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  /** @param {Phases} phases @param {number} phase @param {number} length_ms of the whole walk */
  const walk = (phases, phase, length_ms) => {
    enter({ phases, phase, length_ms });
    if (phase === UPDATE) onUpdate();
    timer = setTimeout(() => {
      if (phase < UPDATE) walk(phases, phase + 1, length_ms);
      else enter({ phases, phase: null, length_ms });
    }, length_ms / 4);
  };
  return {
    /** @param {Phases} phases @param {number} length_ms */
    start: (phases, length_ms) => walk(phases, FORWARD, length_ms),
    stop: () => clearTimeout(timer),
  };
}

/** The caption over the plane and the rings on it. */
function createParts() {
  const element = h("section", { class: "phases", "aria-label": t("One update in four phases"), hidden: true });
  const { body } = document;
  (body.querySelector(".panels") ?? byId("diagram")).before(element);
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
