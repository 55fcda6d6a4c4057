// Set everyone one of the ready-made challenges, with or without a leaderboard.

import { t } from "../../../core/messages.js";
import { goalInWords } from "../../../core/rooms/goal.js";
import { h, setText } from "../../dom.js";
import { createLeaderboard } from "../leaderboard.js";

/** @typedef {import("../../../core/rooms/types.js").Challenge} Challenge */

/** @param {{onStart: (name: string) => void, onEnd: () => void, onBoard: (isShown: boolean) => Promise<void>}} actions */
export function createChallengePanel({ onStart, onEnd, onBoard }) {
  const list = h("div", { class: "challenges", role: "group", "aria-label": t("Challenges") });
  const title = h("strong", {});
  const sentence = h("p", {});
  const goal = h("p", { class: "quiet" });
  let underWay = 0;
  const change = async () => {
    underWay += 1;
    await onBoard(box.checked);
    underWay -= 1;
  };
  const box = h("input", { type: "checkbox", on: { change } });
  const board = createLeaderboard();
  const end = h("button", { type: "button", class: "button small", on: { click: onEnd } }, t("End the challenge"));
  const running = h("section", {}, title, sentence, goal, board.element, end);
  const element = h(
    "div",
    { class: "panel-parts" },
    running,
    list,
    h("label", { class: "tick-line" }, box, t("Show the leaderboard to everyone")),
  );
  return {
    element,
    /** @param {Challenge[]} challenges */
    offer: (challenges) => list.replaceChildren(...challenges.map((one) => card(one, () => onStart(one.name)))),
    /** @param {import("../../../core/rooms/types.js").Room} room */
    show({ challenge, leaderboard, has_leaderboard: isShown }) {
      running.hidden = challenge === null;
      list.hidden = challenge !== null;
      if (!underWay) box.checked = isShown;
      setText(title, challenge?.title ?? "");
      setText(sentence, challenge?.sentence ?? "");
      setText(goal, goalInWords(challenge?.goal));
      board.show(leaderboard ?? []);
    },
  };
}

/** @param {Challenge} challenge @param {() => void} onStart */
const card = ({ title, sentence }, onStart) =>
  h(
    "button",
    { type: "button", class: "menu-item", on: { click: onStart } },
    h("strong", {}, title),
    h("span", { class: "quiet" }, sentence),
  );
