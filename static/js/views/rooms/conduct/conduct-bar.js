// The teacher's bar: the code, how many are there, and everything that is done to all of them.

import { inHalves } from "../../../core/rooms/code.js";
import { t, tn } from "../../../core/messages.js";
import { h, setText } from "../../dom.js";
import { createPopoverButton } from "../popover-button.js";
import { createTimer } from "../timer.js";
import { createChallengePanel } from "./challenge-panel.js";
import { createLocksPanel } from "./locks-panel.js";
import { createPollPanel } from "./poll-panel.js";
import { createRoomPanel } from "./room-panel.js";
import { createTaskPanel } from "./task-panel.js";
import { createTimerPanel } from "./timer-panel.js";

/** @typedef {import("../../../core/rooms/types.js").Room} Room */
/**
 * @typedef {import("./task-panel.js").TaskActions & import("./room-panel.js").RoomActions & {onLocks: (locks: string[]) => Promise<void>,
 *   onTimer: (seconds: number|null) => void, onPoll: (poll: {question: string, options: string[]}) => void, onPollEnd: () => void,
 *   onChallenge: (name: string) => void, onChallengeEnd: () => void, onBoard: (isShown: boolean) => Promise<void>,
 *   onFreeze: (isFrozen: boolean) => void, onWatch: (isWatched: boolean) => void,
 *   fetchChallenges: () => Promise<import("../../../core/rooms/types.js").Challenge[]>}} ConductActions
 */

/**
 * @param {HTMLElement} element
 * @param {{choices: Parameters<typeof createTaskPanel>[0], screenUrlOf: (id: string) => string, actions: ConductActions}} options
 */
export function createConductBar(element, { choices, screenUrlOf, actions }) {
  const code = h("strong", { class: "room-code" });
  const count = h("span");
  const ended = h("strong", { class: "room-word" });
  const busy = h("span", { class: "room-word quiet", role: "status" });
  const clock = h("span", { class: "room-clock", role: "timer", hidden: true });
  const timer = createTimer(clock);
  const screen = h("a", { class: "button small", target: "_blank", rel: "noopener" }, t("Projector"));
  const freeze = createToggle(
    t("Freeze"),
    t("Everyone's training pauses and nothing can be changed"),
    actions.onFreeze,
  );
  const watch = createToggle(t("Watch me"), t("My experiment on everyone's screen"), actions.onWatch);
  const panels = createPanels(choices, actions);
  element.append(
    h("span", { class: "room-facts" }, code, count, ended, clock, busy),
    h("span", { class: "spring" }),
    h(
      "span",
      { class: "room-buttons", role: "toolbar", "aria-label": t("Conducting") },
      screen,
      freeze.element,
      watch.element,
      ...panels.buttons,
    ),
    ...panels.popovers,
  );

  return {
    /** @param {Room} room */
    show(room) {
      setText(code, t("Room {code}", { code: inHalves(room.code) }));
      setText(count, tn("1 student", "{count} students", room.num_members));
      setText(ended, room.state === "ended" ? t("ended") : "");
      setText(busy, busyWord(room));
      timer.show(room);
      screen.hidden = !room.screen;
      screen.href = room.screen ? screenUrlOf(room.screen) : "";
      freeze.show(room.is_frozen);
      watch.show(room.spotlight === "teacher");
      panels.show(room);
    },
    destroy() {
      timer.destroy();
      element.replaceChildren();
    },
  };
}

/** @param {Room} room */
function busyWord({ is_coarse: isCoarse, is_carried_out: isCarriedOut }) {
  if (isCarriedOut === false) return t("telling everyone …");
  return isCoarse ? t("busy: coarser picture") : "";
}

/** @param {string} label @param {string} title @param {(isOn: boolean) => void} onToggle */
function createToggle(label, title, onToggle) {
  let isOn = false;
  const element = h(
    "button",
    { type: "button", class: "button small", title, on: { click: () => onToggle(!isOn) } },
    label,
  );
  return {
    element,
    /** @param {boolean} now */
    show(now) {
      isOn = now;
      element.setAttribute("aria-pressed", String(now));
    },
  };
}

/** What opens under the bar. @param {Parameters<typeof createTaskPanel>[0]} choices @param {ConductActions} actions */
function createPanels(choices, actions) {
  const challenge = createChallengePanel({
    onStart: actions.onChallenge,
    onEnd: actions.onChallengeEnd,
    onBoard: actions.onBoard,
  });
  const offerChallenges = () => void actions.fetchChallenges().then(challenge.offer);
  const parts = [
    { name: t("Task"), panel: createTaskPanel(choices, actions) },
    { name: t("Locks"), panel: createLocksPanel(actions) },
    { name: t("Timer"), panel: createTimerPanel(actions) },
    { name: t("Poll"), panel: createPollPanel({ onPoll: actions.onPoll, onEnd: actions.onPollEnd }) },
    { name: t("Challenge"), panel: challenge, onOpen: offerChallenges },
    { name: t("Room"), panel: createRoomPanel(actions) },
  ];
  const opened = parts.map(({ name, panel, onOpen }) => createPopoverButton(name, panel.element, { onOpen }));
  return {
    buttons: opened.map(({ button }) => button),
    popovers: opened.map(({ panel }) => panel),
    /** @param {Room} room */
    show(room) {
      for (const { panel } of parts) panel.show(room);
    },
  };
}
