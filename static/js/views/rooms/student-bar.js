// The student's bar: the room, the own name, how it stands, and what there is to do: hint, poll, challenge, raise hand.

import { inHalves } from "../../core/rooms/code.js";
import { labelOf } from "../../core/rooms/locks.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { createTimer } from "./timer.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */

const MOST_NAMES = 2; // of locks in the bar

/** The cards that a student can open, in the order of their buttons, and whether there is something in them. @type {{name: string, label: string, isThere: (room: Room) => boolean}[]} */
const CARDS = [
  { name: "hint", label: t("Hint"), isThere: ({ member }) => Boolean(member?.hint) },
  { name: "poll", label: t("Poll"), isThere: ({ poll }) => poll !== null },
  { name: "challenge", label: t("Challenge"), isThere: ({ challenge }) => challenge !== null },
  {
    name: "board",
    label: t("Leaderboard"),
    isThere: ({ leaderboard, challenge }) => Boolean(challenge && leaderboard),
  },
];

/**
 * @param {HTMLElement} element
 * @param {{onHand: (isRaised: boolean) => void, onCard: (name: string) => void, onTimeUp: () => void, onLink: () => void, pageUrlOf: (path: string) => string}} actions
 */
export function createStudentBar(element, { onHand, onCard, onTimeUp, onLink, pageUrlOf }) {
  const code = h("span");
  const roomCode = h("strong", { class: "room-code" }, h("span", { class: "room-code-word" }, t("Room"), " "), code);
  const nickname = h("span", { class: "room-nickname" });
  const word = h("strong", { class: "room-word" });
  const clock = h("span", { class: "room-clock", role: "timer", hidden: true });
  const timer = createTimer(clock, { onEnd: onTimeUp });
  const page = h("a", { class: "button small", target: "_blank", rel: "noopener", hidden: true }, t("Page to read"));
  const cards = CARDS.map(({ name, label, isThere }) => {
    const click = () => onCard(name);
    const button = h(
      "button",
      { type: "button", class: "button small", "aria-expanded": false, hidden: true, on: { click } },
      label,
    );
    return { name, isThere, button };
  });
  const link = h("button", { type: "button", class: "button small quiet", on: { click: onLink } }, t("My link"));
  link.title = t("Copies the address of your work, for another device");
  let isRaised = false;
  const hand = h("button", { type: "button", class: "button small hand", on: { click: () => onHand(!isRaised) } });
  element.append(
    h("span", { class: "room-facts" }, roomCode, nickname, word, clock),
    h("span", { class: "spring" }),
    h("span", { class: "room-buttons" }, page, ...cards.map(({ button }) => button), link, hand),
  );

  return {
    /** @param {Room} room @param {Set<string>} open the cards that are open */
    show(room, open) {
      setText(code, inHalves(room.code));
      setText(nickname, room.member?.nickname ?? "");
      setText(word, wordOf(room));
      word.title = room.locks.map(labelOf).join(", ");
      timer.show(room);
      page.hidden = !room.task.page;
      page.href = room.task.page ? pageUrlOf(room.task.page) : "";
      isRaised = Boolean(room.member?.is_raised);
      hand.hidden = room.state === "ended";
      setText(hand, isRaised ? t("Lower hand") : t("Raise hand"));
      hand.setAttribute("aria-pressed", String(isRaised));
      for (const { name, isThere, button } of cards) {
        button.hidden = !isThere(room);
        button.setAttribute("aria-expanded", String(open.has(name)));
      }
    },
    destroy() {
      timer.destroy();
      element.replaceChildren();
    },
  };
}

/** The first names and how many more there are: each locked control says so itself. @param {string[]} names */
const shortList = (names) =>
  names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? ` +${names.length - MOST_NAMES}` : "");

/** How the room stands, in a word. @param {Room} room */
function wordOf({ state, is_frozen: isFrozen, locks }) {
  if (state === "ended") return t("The room has ended");
  if (isFrozen) return t("Paused by your teacher");
  return locks.length ? t("Locked: {names}", { names: shortList(locks.map(labelOf)) }) : "";
}
