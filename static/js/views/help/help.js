// The "?" beside a control or a picture: a popover that says what it is and what to try, fetched with the first one.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { compareMark } from "../fields/compare-button.js";
import { lazy } from "../lazy.js";

/** @typedef {import("../../core/types.js").FieldSpec} FieldSpec */
/** @typedef {{label: string, about: string, note?: string}} Picture about: its name in pictures.js; note: what else there is to say */

const GAP_CSS = 6;
const MARGIN_CSS = 8;

/** @param {FieldSpec|Picture} topic */
export function helpButton(topic) {
  const name = t("About {label}", { label: topic.label });
  const popover = h("div", {
    popover: "auto",
    tabindex: 0,
    class: "popover help",
    role: "dialog",
    "aria-label": name,
  });
  // No button element: a page that may only watch disables those, but its help is for everyone. Not in the way of the Tab
  // key: "?" opens the help of the field that has the focus.
  const button = h("span", { class: "help-button", role: "button", tabindex: -1, "aria-label": name }, "?");
  let wasOpen = false; // a press beside an open popover closes it before the click comes
  const look = () => (wasOpen = popover.matches(":popover-open"));
  button.addEventListener("pointerdown", look);
  button.addEventListener("click", () => popover.togglePopover(!wasOpen));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    look();
    button.click();
  });
  const content = lazy(
    () => import("./help-content.js"),
    ({ helpContent }) => {
      popover.replaceChildren(...helpContent(topic));
      if (popover.matches(":popover-open")) placeBeside(popover, button);
    },
  );
  for (const event of ["pointerenter", "focus"]) button.addEventListener(event, content.want);
  popover.addEventListener("beforetoggle", content.want);
  popover.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") placeBeside(popover, button);
  });
  return h("span", { class: "help-anchor" }, button, popover);
}

/**
 * A control's name that shows its help when it is pressed: a dotted line says so.
 * @param {HTMLElement} name
 * @param {FieldSpec|Picture} topic
 */
export function fieldName(name, topic) {
  return h("span", { class: "field-name" }, name, helpButton(topic), ...("about" in topic ? [] : compareMark(topic)));
}

/**
 * Put a popover under its button, inside the window.
 * @param {HTMLElement} popover
 * @param {HTMLElement} button
 */
export function placeBeside(popover, button) {
  const anchor = button.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN_CSS, anchor.left), window.innerWidth - width - MARGIN_CSS);
  const below = anchor.bottom + GAP_CSS;
  const fits = below + height + MARGIN_CSS <= window.innerHeight;
  const top = fits ? below : Math.max(MARGIN_CSS, anchor.top - height - GAP_CSS);
  popover.style.left = `${Math.max(MARGIN_CSS, left)}px`;
  popover.style.top = `${top}px`;
}
