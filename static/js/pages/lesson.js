// The page of one lesson: sees when what it asks for is done in a playground, checks answers, moves the bench of one neuron.

import { getSession } from "../api/endpoints.js";
import { doneIn, isReached, isRight, keepDone, measured } from "../core/lesson-goals.js";
import { formatSetting } from "../core/format.js";
import { t } from "../core/messages.js";
import { byId, setText } from "../views/dom.js";
import { createBench } from "../views/lessons/bench.js";

const LOOK_EVERY_MS = 2000;

const lesson = String(byId("lesson").dataset.name);
const elements = (/** @type {string} */ selector) =>
  [...document.querySelectorAll(selector)].map((one) => /** @type {HTMLElement} */ (one));

/** @param {HTMLElement} element @param {string} name */
function finish(element, name) {
  if (element.classList.contains("done")) return;
  element.classList.add("done");
  say(element, t("Done."));
  keepDone(localStorage, lesson, name);
}

/** @param {HTMLElement} element @param {string} text */
const say = (element, text) => setText(/** @type {Element} */ (element.querySelector(".verdict")), text);

/** The id of the session in a frame, once it has one. @param {string} frame */
function sessionIn(frame) {
  const { contentWindow } = /** @type {HTMLIFrameElement} */ (byId(frame));
  return /^\/embed\/(e\w{8,})$/.exec(contentWindow?.location.pathname ?? "")?.[1];
}

/** Look at the playgrounds whose goals are open. */
async function look() {
  const open = elements("[data-goal]:not(.done)");
  for (const frame of new Set(open.map(({ dataset }) => String(dataset.frame)))) {
    const id = sessionIn(frame);
    const session = id && !document.hidden ? await getSession(id).catch(() => null) : null;
    if (session) for (const goal of open.filter(({ dataset }) => dataset.frame === frame)) judge(goal, session);
  }
  if (elements("[data-goal]:not(.done)").length) setTimeout(look, LOOK_EVERY_MS);
}

/** @param {HTMLElement} element @param {import("../core/types.js").SessionReply} session */
function judge(element, session) {
  const { goal, field, rule, value } = element.dataset;
  const found = measured(String(field), session);
  if (isReached({ field: String(field), rule: String(rule), value: Number(value) }, found))
    finish(element, String(goal));
  else if (found !== null) say(element, t("now {value}", { value: formatSetting(Number(found.toPrecision(3))) }));
}

/** @param {HTMLFormElement} form */
function checkAnswer(form) {
  const { question, answer } = form.dataset;
  const chosen = /** @type {HTMLInputElement|null} */ (form.querySelector("input[type=number], input:checked"));
  if (isRight(String(answer), chosen?.value ?? "")) finish(form, String(question));
  else say(form, t("Not yet; try again."));
}

const known = new Set(doneIn(localStorage)[lesson] ?? []);
for (const element of elements(".goal"))
  if (known.has(String(element.dataset.goal ?? element.dataset.question))) element.classList.add("done");
for (const form of elements("form.question")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    checkAnswer(/** @type {HTMLFormElement} */ (form));
  });
}
const bench = document.getElementById("bench");
if (bench) createBench(bench);
look();
