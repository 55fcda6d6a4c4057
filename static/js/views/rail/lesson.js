// The rail's lesson, page by page: what there is to notice, buttons that do what they say, a question at the end; without one,
// the way to some.

import { t } from "../../core/messages.js";
import { PREFIX } from "../../core/prefix.js";
import { h, setText } from "../dom.js";

/** A change to try, with its words on a button; isAfresh: from the start. @typedef {{title: string, patch: Record<string, any>, isAfresh?: boolean}} Trial */
/** @typedef {{section: string, title: string, notice: string, trials: Trial[], question: string, answer: string}} Lesson */

/**
 * @param {HTMLElement} element
 * @param {{onTry: (trial: Trial) => void, onGallery: () => void}} options
 */
export function createLesson(element, { onTry, onGallery }) {
  element.replaceChildren(
    h("h2", {}, t("Experiments to try")),
    h("p", {}, t("Each comes from the note, runs at once and says here what there is to notice.")),
    button(t("Open the gallery"), onGallery),
    h("h2", {}, t("Lessons")),
    h("p", {}, t("The note as a walk, section by section.")),
    h("a", { class: "button", href: `${PREFIX}/lessons` }, t("Open the lessons")),
  );
  return {
    /** @param {Lesson} lesson */
    show(lesson) {
      const { section, title, notice, trials, question, answer } = lesson;
      const count = h("span", {});
      const pages = [page(h("p", {}, notice)), trialsPage(trials, onTry), questionPage(question, answer)];
      element.replaceChildren(
        h("p", { class: "crumb quiet" }, h("span", {}, section), count),
        h("h2", {}, title),
        ...pages,
        createFoot(pages, { onGallery, onPage: (text) => setText(count, text) }),
      );
    },
  };
}

/** @param {string} text @param {() => void} click @param {string} [kind] */
const button = (text, click, kind = "") =>
  h("button", { type: "button", class: `button ${kind}`, on: { click } }, text);

/** @param {...(Node|string)} content */
const page = (...content) => h("section", { class: "lesson-page", tabindex: -1 }, ...content);

/** @param {Trial[]} trials @param {(trial: Trial) => void} onTry */
function trialsPage(trials, onTry) {
  const buttons = trials.map((trial, index) =>
    h(
      "button",
      { type: "button", class: "trial", "aria-pressed": "false" },
      h("span", { class: "trial-number", "aria-hidden": true }, String(index + 1)),
      h("span", {}, trial.title),
    ),
  );
  buttons.forEach((pressed, index) =>
    pressed.addEventListener("click", () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === pressed));
      onTry(trials[index]);
    }),
  );
  return page(h("p", {}, t("Try it: each of these changes one thing while it runs.")), ...buttons);
}

/** The answer shows when it is asked for. @param {string} question @param {string} answer */
function questionPage(question, answer) {
  return page(
    h("p", { class: "lesson-question" }, question),
    h("details", { class: "lesson-answer" }, h("summary", {}, t("Show the answer")), h("p", {}, answer)),
  );
}

/**
 * Back, a dot for each page, Next; after the last page the gallery.
 * @param {HTMLElement[]} pages
 * @param {{onGallery: () => void, onPage: (count: string) => void}} options
 */
function createFoot(pages, { onGallery, onPage }) {
  let now = 0;
  const dots = pages.map(() => h("i", { class: "dot" }));
  const turn = (/** @type {number} */ by) => {
    now += by;
    show();
    pages[now].focus();
  };
  const back = button(t("Back"), () => turn(-1));
  const next = button("", () => (now < pages.length - 1 ? turn(1) : onGallery()), "primary");
  const show = () => {
    pages.forEach((each, index) => (each.hidden = index !== now));
    dots.forEach((dot, index) => dot.classList.toggle("is-on", index === now));
    back.disabled = now === 0;
    setText(next, now < pages.length - 1 ? t("Next") : t("Gallery"));
    onPage(t("{number} of {count}", { number: now + 1, count: pages.length }));
  };
  show();
  return h("div", { class: "lesson-foot" }, back, h("span", { class: "dots", "aria-hidden": true }, ...dots), next);
}
