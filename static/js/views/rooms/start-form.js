// The form that starts a room: what the class begins with, its name, how long it is kept.

import { t, tn } from "../../core/messages.js";
import { h, setText } from "../dom.js";

/** @typedef {{title: string, from: string, keep_days: number}} StartWish from: "nothing", "preset NAME" or "session ID" */

const KEEP_DAYS = [1, 7, 30];
const TITLE_LENGTH = 80;

/**
 * @param {HTMLElement} place
 * @param {{presets: {name: string, title: string, section: string}[], own: {id: string, title: string}[], chosen: string,
 *   onStart: (wish: StartWish, onWait: (words: string) => void) => Promise<void>}} options
 */
export function createStartForm(place, { presets, own, chosen, onStart }) {
  const from = h("select", { class: "select", id: "from" }, h("option", { value: "nothing" }, t("An empty plane")));
  if (own.length)
    from.append(
      group(
        t("My experiments"),
        own.map(({ id, title }) => [`session ${id}`, title]),
      ),
    );
  for (const section of new Set(presets.map((preset) => preset.section)))
    from.append(
      group(
        section,
        presets.filter((one) => one.section === section).map(({ name, title }) => [`preset ${name}`, title]),
      ),
    );
  from.value = chosen;
  const title = h("input", {
    class: "text-box",
    type: "text",
    id: "room-title",
    maxlength: TITLE_LENGTH,
    placeholder: t("Physics, 10 b"),
  });
  const keep = h(
    "select",
    { class: "select", id: "keep" },
    ...KEEP_DAYS.map((days) => h("option", { value: days }, tn("1 day", "{count} days", days))),
  );
  keep.value = "7";
  const problem = h("p", { class: "field-problem", role: "alert" });
  const button = h("button", { type: "submit", class: "button primary" }, t("Start the room"));
  const form = h(
    "form",
    { class: "door-form" },
    labelled(t("Everyone begins with"), from),
    labelled(t("Name of the room"), title),
    labelled(t("Kept after it was last used, then deleted"), keep),
    problem,
    button,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(problem, "");
    button.disabled = true;
    const wish = { title: title.value.trim(), from: from.value, keep_days: Number(keep.value) };
    const say = (/** @type {string} */ message) => setText(problem, message);
    await onStart(wish, say).catch(({ message }) => say(message));
    button.disabled = false;
  });
  place.append(form);
  return { destroy: () => form.remove() };
}

/** @param {string} label @param {[string, string][]} entries */
const group = (label, entries) =>
  h("optgroup", { label }, ...entries.map(([value, words]) => h("option", { value }, words)));

/** @param {string} label @param {HTMLElement} control */
const labelled = (label, control) => h("label", { class: "labelled", for: control.id }, label, control);
