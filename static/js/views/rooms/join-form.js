// The way in: a field for the code, a field for the nickname, a button.

import { CODE_LENGTH, isCode, tidyCode } from "../../core/rooms/code.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { NICKNAME_LENGTH } from "./member-panel.js";

/** @typedef {{title: string, state: "open"|"ended", members: number, most_members: number}} Door */

/**
 * @param {HTMLElement} place
 * @param {{code: string, lookUp: (code: string) => Promise<Door>, onJoin: (code: string, nickname: string, onWait: (words: string) => void) => Promise<void>}} options
 *   code: of the address, "" without one
 */
export function createJoinForm(place, { code, lookUp, onJoin }) {
  const letters = h("input", {
    class: "text-box code-box",
    type: "text",
    id: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    inputmode: "text",
    maxlength: CODE_LENGTH + 2,
  });
  letters.value = code;
  const nickname = h("input", {
    class: "text-box",
    type: "text",
    id: "nickname",
    maxlength: NICKNAME_LENGTH,
    autocomplete: "off",
  });
  const words = h("p", { class: "door-words quiet", role: "status" });
  const problem = h("p", { class: "field-problem", role: "alert" });
  const button = h("button", { type: "submit", class: "button primary" }, t("Join"));
  const form = h(
    "form",
    { class: "door-form", novalidate: true },
    h("label", { class: "labelled", for: "code" }, t("Code"), letters),
    words,
    h("label", { class: "labelled", for: "nickname" }, t("Nickname"), nickname),
    problem,
    button,
  );
  place.append(form);

  const look = async () => {
    const typed = tidyCode(letters.value);
    const found = isCode(typed) ? await doorWords(typed, lookUp) : "";
    if (typed === tidyCode(letters.value)) setText(words, found); // else another code is there by now
  };
  letters.addEventListener("input", () => {
    setText(problem, "");
    look();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wish = { code: tidyCode(letters.value), nickname: nickname.value.trim() };
    const missing = missingWords(wish);
    setText(problem, missing);
    if (missing) return (isCode(wish.code) ? nickname : letters).focus();
    button.disabled = true;
    const say = (/** @type {string} */ message) => setText(words, message);
    await onJoin(wish.code, wish.nickname, say).catch(({ message }) => setText(problem, message));
    button.disabled = false;
  });
  look();
  (code ? nickname : letters).focus();
  return { destroy: () => form.remove() };
}

/** @param {{code: string, nickname: string}} wish */
function missingWords({ code, nickname }) {
  if (!isCode(code)) return t("A code has six letters, as the projector shows them.");
  return nickname ? "" : t("Type a nickname: any name will do.");
}

/** What is behind the door, in words. @param {string} code @param {(code: string) => Promise<Door>} lookUp */
async function doorWords(code, lookUp) {
  try {
    const { title, state, members, most_members: most } = await lookUp(code);
    if (state === "ended") return t("This room has ended.");
    return members >= most ? t("This room is full.") : title || t("This room is open.");
  } catch (problem) {
    return /** @type {Error} */ (problem).message;
  }
}
