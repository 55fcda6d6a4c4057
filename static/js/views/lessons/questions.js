// The questions of a lesson: a number to type, a choice, or something to be done. Says what is right; forgets what is wrong.

import { isReached, typedAnswer } from "../../core/lesson-goals.js";
import { t } from "../../core/messages.js";
import { setText } from "../dom.js";

/** @typedef {import("../../core/lesson-goals.js").Goal} Goal */
/** @typedef {import("../../core/lesson-goals.js").Trained} Trained */
/** @typedef {{of: string|null, look: (trained: Trained) => void}} Question of: the small playground it looks at */

/**
 * @param {HTMLElement} element of the lesson's template
 * @param {{isSolved: boolean, onSolved: () => void}} options
 * @returns {Question}
 */
export function createQuestion(element, { isSolved, onSolved }) {
  const verdict = /** @type {HTMLElement} */ (element.querySelector(".verdict"));
  const why = /** @type {HTMLElement|null} */ (element.querySelector(".why"));
  const { of = null, goals, answer, right } = element.dataset;

  /** @param {boolean} isRight */
  const judge = (isRight) => {
    element.dataset.state = isRight ? "solved" : "wrong";
    const praise = goals ? t("Done.") : t("Right.");
    setText(verdict, isRight ? praise : t("Not so. Try again."));
    if (why) why.hidden = !isRight;
    if (isRight) onSolved();
  };
  if (isSolved) {
    giveAnswer(element);
    judge(true);
  }
  if (answer !== undefined) listenToNumber(element, Number(answer), judge);
  if (right !== undefined) listenToChoice(element, right, judge);
  const wanted = /** @type {Goal[]} */ (goals ? JSON.parse(goals) : []);
  return {
    of,
    look(trained) {
      if (element.dataset.state !== "solved" && isReached(wanted, trained)) judge(true);
    },
  };
}

/** As it was given when the question was solved. @param {HTMLElement} element */
function giveAnswer(element) {
  const { answer, right } = element.dataset;
  const box = /** @type {HTMLInputElement|null} */ (element.querySelector("form input"));
  if (box && answer) box.value = answer;
  const choice = /** @type {HTMLInputElement|null} */ (element.querySelector(`[value="${right}"]`));
  if (choice) choice.checked = true;
}

/** @param {HTMLElement} element @param {number} answer @param {(isRight: boolean) => void} judge */
function listenToNumber(element, answer, judge) {
  const form = /** @type {HTMLFormElement} */ (element.querySelector("form"));
  const box = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    judge(typedAnswer(box.value) === answer);
  });
}

/** @param {HTMLElement} element @param {string} right @param {(isRight: boolean) => void} judge */
function listenToChoice(element, right, judge) {
  element.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) judge(event.target.value === right);
  });
}
