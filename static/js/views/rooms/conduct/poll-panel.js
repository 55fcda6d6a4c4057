// Ask everyone a question, watch the answers come, end it.

import { pollOf, MOST_OPTIONS } from "../../../core/rooms/poll.js";
import { t } from "../../../core/messages.js";
import { h, setText } from "../../dom.js";
import { createPollBars } from "../poll-bars.js";

const TEXT_LENGTH = 200;

/** @param {{onPoll: (poll: {question: string, options: string[]}) => void, onEnd: () => void}} actions */
export function createPollPanel({ onPoll, onEnd }) {
  const form = createPollForm(onPoll);
  const bars = createPollBars();
  const question = h("strong", {});
  const end = h("button", { type: "button", class: "button small", on: { click: onEnd } }, t("End the poll"));
  const running = h("section", {}, question, bars.element, end);
  const element = h("div", { class: "panel-parts" }, running, form);
  return {
    element,
    /** @param {import("../../../core/rooms/types.js").Room} room */
    show({ poll }) {
      running.hidden = poll === null;
      form.hidden = poll !== null;
      if (!poll) return;
      setText(question, poll.question);
      bars.show(poll);
    },
  };
}

/** @param {(poll: {question: string, options: string[]}) => void} onPoll */
function createPollForm(onPoll) {
  const question = h("input", {
    class: "text-box",
    type: "text",
    maxlength: TEXT_LENGTH,
    placeholder: t("What will happen if …?"),
  });
  const options = h("textarea", { class: "text-box", rows: 4 });
  options.value = [t("It learns faster"), t("It learns slower"), t("It diverges")].join("\n");
  const problem = h("p", { class: "field-problem", role: "alert" });
  const ask = h("button", { type: "submit", class: "button small primary" }, t("Ask everyone"));
  const form = h(
    "form",
    {},
    h("label", { class: "labelled" }, t("Question"), question),
    h("label", { class: "labelled" }, t("Answers, one a line, 2 to {most}", { most: MOST_OPTIONS }), options),
    problem,
    ask,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { poll, words } = pollOf(question.value, options.value);
    setText(problem, words);
    if (poll) onPoll(poll);
  });
  return form;
}
