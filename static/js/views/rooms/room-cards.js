// What the room says to a student, as cards at the edge of the page: hint, poll, challenge, leaderboard. Each can be closed.

import { t } from "../../core/messages.js";
import { goalInWords } from "../../core/rooms/goal.js";
import { h, setText } from "../dom.js";
import { createLeaderboard } from "./leaderboard.js";
import { createPollBars } from "./poll-bars.js";
import { formatCount, formatPercent } from "../../core/format.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */
/** @typedef {{onVote: (option: number) => void, onSubmit: () => void, onClose: (name: string) => void}} CardActions */
/** @typedef {{element: HTMLElement, show: (room: Room) => void}} Content */

/** @param {HTMLElement} place @param {CardActions} actions */
export function createRoomCards(place, actions) {
  /** @type {[string, string, Content][]} */
  const parts = [
    ["hint", t("Hint from your teacher"), createHint()],
    ["poll", t("Poll"), createPoll(actions.onVote)],
    ["challenge", t("Challenge"), createChallenge(actions.onSubmit)],
    ["board", t("Leaderboard"), createBoard()],
  ];
  const cards = parts.map(([name, label, content]) => ({
    name,
    content,
    card: framed(label, content, () => actions.onClose(name)),
  }));
  place.append(...cards.map(({ card }) => card));
  return {
    /** @param {Room} room @param {Set<string>} open */
    show(room, open) {
      for (const { name, content, card } of cards) {
        card.hidden = !open.has(name);
        if (!card.hidden) content.show(room);
      }
    },
    destroy: () => place.replaceChildren(),
  };
}

/** @param {string} label @param {Content} content @param {() => void} onClose */
function framed(label, { element }, onClose) {
  const close = h(
    "button",
    {
      type: "button",
      class: "button icon quiet",
      "aria-label": t("Close {name}", { name: label }),
      on: { click: onClose },
    },
    "×",
  );
  const head = h("header", { class: "row" }, h("h2", {}, label), close);
  return h("section", { class: "room-card", "aria-label": label, hidden: true }, head, element);
}

/** @returns {Content} */
function createHint() {
  const element = h("p", {});
  return { element, show: ({ member }) => setText(element, member?.hint ?? "") };
}

/** @param {(option: number) => void} onVote @returns {Content} */
function createPoll(onVote) {
  const question = h("p", {});
  const options = h("div", { class: "poll-options" });
  const bars = createPollBars();
  let shown = "";
  return {
    element: h("div", {}, question, options, bars.element),
    show({ poll }) {
      if (!poll) return;
      setText(question, poll.question);
      options.hidden = poll.own !== null;
      bars.element.hidden = poll.own === null;
      if (poll.own !== null) bars.show(poll);
      if (shown === poll.options.join("\n")) return;
      shown = poll.options.join("\n");
      options.replaceChildren(
        ...poll.options.map((option, index) =>
          h("button", { type: "button", class: "button", on: { click: () => onVote(index) } }, option),
        ),
      );
    },
  };
}

/** @param {() => void} onSubmit @returns {Content} */
function createChallenge(onSubmit) {
  const title = h("strong", {});
  const sentence = h("p", {});
  const goal = h("p", {});
  const result = h("p", { class: "result-words", role: "status" });
  const submit = h("button", { type: "button", class: "button primary", on: { click: onSubmit } }, t("Submit"));
  return {
    element: h("div", {}, title, sentence, goal, submit, result),
    show({ challenge, member, state }) {
      setText(title, challenge?.title ?? "");
      setText(sentence, challenge?.sentence ?? "");
      setText(goal, goalInWords(challenge?.goal));
      setText(result, resultInWords(member?.result ?? null));
      result.dataset.passed = String(Boolean(member?.result?.passed));
      submit.disabled = state === "ended";
    },
  };
}

/** @param {import("../../core/rooms/types.js").Result|null} result */
export function resultInWords(result) {
  if (!result) return t("Judged on points that you do not have.");
  const { passed, accuracy, parameters, steps } = result;
  const values = { accuracy: formatPercent(accuracy), parameters: formatCount(parameters), steps: formatCount(steps) };
  return passed
    ? t("Goal reached: {accuracy} with {parameters} parameters after {steps} steps.", values)
    : t("Not yet: {accuracy} with {parameters} parameters after {steps} steps.", values);
}

/** @returns {Content} */
function createBoard() {
  const board = createLeaderboard({ most: 20 });
  return { element: board.element, show: ({ leaderboard, member }) => board.show(leaderboard ?? [], member?.number) };
}
