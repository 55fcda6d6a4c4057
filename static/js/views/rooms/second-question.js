// A button that asks once more before it does what cannot be taken back.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @param {{label: string, question: string, yes: string, onYes: () => void}} options */
export function createSecondQuestion({ label, question, yes, onYes }) {
  const button = (/** @type {string} */ words, /** @type {string} */ kind, /** @type {() => void} */ click) =>
    h("button", { type: "button", class: `button small ${kind}`, on: { click } }, words);
  const first = button(label, "", () => ask(true));
  const answer = button(yes, "danger-button", () => {
    ask(false);
    onYes();
  });
  const no = button(t("No"), "", () => ask(false));
  const second = h("div", { class: "second-question", role: "group", "aria-label": question, hidden: true });
  second.append(h("p", {}, question), answer, no);
  const element = h("div", {}, first, second);

  /** @param {boolean} isAsked */
  const ask = (isAsked) => {
    first.hidden = isAsked;
    second.hidden = !isAsked;
    (isAsked ? no : first).focus();
  };
  return element;
}
