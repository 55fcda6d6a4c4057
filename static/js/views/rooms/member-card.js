// One student on the wall: the plane, the name, the figures, what it is doing, a raised hand. A button that shows more of it.

import { formatCount, formatPercent, formatRoundPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { STATES } from "../../core/rooms/roster.js";
import { h, setAttribute, setText } from "../dom.js";
import { handSign } from "./hand-sign.js";
import { createPlaneThumbnail } from "./plane-thumbnail.js";

/** @typedef {import("../../core/rooms/types.js").Member} Member */

/** @param {number} number of the student @param {{onChoose: () => void}} options */
export function createMemberCard(number, { onChoose }) {
  const thumbnail = createPlaneThumbnail();
  const name = h("strong", { class: "mate-name" });
  const figure = h("span", { class: "mate-figure" });
  const more = h("span", { class: "mate-more" });
  const state = h("span", { class: "mate-state" });
  const hand = h("span", { class: "mate-hand", hidden: true, "aria-hidden": true }, handSign());
  const element = h(
    "button",
    { type: "button", class: "mate", tabindex: -1, "data-number": number, on: { click: onChoose } },
    h("span", { class: "mate-plane" }, thumbnail.element, state, hand),
    h("span", { class: "mate-words" }, name, figure, more),
  );

  return {
    element,
    thumbnail,
    /** @param {Member} member @param {boolean} isChosen @param {boolean} isWatched in the spotlight */
    show(member, isChosen, isWatched) {
      setText(name, member.nickname);
      setText(figure, formatRoundPercent(member.held_out_accuracy ?? member.train_accuracy));
      setText(more, moreOf(member));
      setText(state, STATES[member.state]);
      state.hidden = member.state === "training";
      hand.hidden = !member.is_raised;
      element.dataset.state = member.state;
      element.classList.toggle("is-raised", member.is_raised);
      element.classList.toggle("is-watched", isWatched);
      setAttribute(element, "aria-label", inWords(member));
      element.setAttribute("aria-pressed", String(isChosen));
    },
    destroy: () => element.remove(),
  };
}

/** @param {Member} member */
const moreOf = ({ step, train_accuracy: accuracy }) =>
  t("{step} · train {share}", { step: formatCount(step), share: formatRoundPercent(accuracy) });

/** All of a card. @param {Member} member */
function inWords({ nickname, state, step, train_accuracy: training, held_out_accuracy: test, is_raised: isRaised }) {
  const values = {
    nickname,
    state: STATES[state],
    step: formatCount(step),
    training: formatPercent(training),
    test: formatPercent(test),
  };
  const words = t("{nickname}: {state}, step {step}, training {training}, test {test}", values);
  return isRaised ? t("{words}, hand raised", { words }) : words;
}
