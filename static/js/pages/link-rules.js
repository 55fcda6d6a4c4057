// Puts a link's rules into force on the page: hidden parts are gone, locked ones are off and say why, and a change of a
// locked part is refused with a word, whichever way it comes.

import { PARTS, lockOf, rulesOf } from "../core/link-rules.js";
import { t } from "../core/messages.js";
import { h } from "../views/dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** The elements of each part. @type {Record<string, string>} */
const PLACES = {
  data: "#tab-data, #sheet-data, .tool-strip",
  network: "#network-card",
  training: "#tab-settings, #sheet-settings, .bar-settings, #all-settings, .bar-rule",
  run: ".run-bar, .speed",
  time: "#time",
  results: "#tab-results, #sheet-results",
  inside: "#tab-unit, #tab-health, #tab-warp, #tab-probe",
  gallery: "#gallery, #tab-lesson",
  file: "#file",
  compare: "#compare",
  share: "#share",
};

/** What a phone's parts stand for. @type {Record<string, string>} */
const PHONE_PARTS = {
  network: "#network-card",
  training: "#tab-settings",
  data: "#tab-data",
  results: "#results-card",
  lesson: "#tab-lesson",
};

/**
 * @param {string} search of the page's address
 * @param {{isEmbedded: boolean, toasts: {show: (message: string) => void}}} page
 */
export function applyLinkRules(search, { isEmbedded, toasts }) {
  const rules = rulesOf(search, { isEmbedded });
  for (const name of rules.hidden) for (const element of elementsOf(PLACES[name])) element.hidden = true;
  for (const name of rules.locked) for (const element of fieldsetsOf(PLACES[name])) lock(element);
  hideEmptyParts();
  if (rules.unknown.length) toasts.show(unknownText(rules.unknown));
  return {
    /** May this change be made here? If not, say why. @param {import("../core/changes.js").Change} change */
    allows(change) {
      const part = lockOf(rules, change);
      if (part) toasts.show(t("This link locks {part}.", { part }));
      return part === null;
    },
  };
}

/** @param {string} selector @returns {HTMLElement[]} */
const elementsOf = (selector) =>
  [...document.querySelectorAll(selector)].map((element) => /** @type {HTMLElement} */ (element));

/** The fieldsets in the places of a part, which are what can be locked. @param {string} selector */
const fieldsetsOf = (selector) =>
  elementsOf(selector).flatMap((element) => (element.matches("fieldset") ? [element] : elementsIn(element)));

/** @param {HTMLElement} element @returns {HTMLElement[]} */
const elementsIn = (element) => [...element.querySelectorAll("fieldset")];

/** A card without tabs is gone, and so is the way to it on a phone. */
function hideEmptyParts() {
  for (const card of elementsOf(".rail, #results-card"))
    card.hidden ||= [...card.querySelectorAll("[role=tab]")].every((tab) => /** @type {HTMLElement} */ (tab).hidden);
  const ways = elementsOf(".phone-tab");
  for (const way of ways) {
    const [part] = elementsOf(PHONE_PARTS[/** @type {HTMLButtonElement} */ (way).value]);
    way.hidden = part.hidden;
  }
  for (const bar of elementsOf("#phone-tabs")) bar.hidden = ways.filter((way) => !way.hidden).length < 2;
}

/** @param {HTMLElement} element a fieldset */
function lock(element) {
  /** @type {HTMLFieldSetElement} */ (element).disabled = true;
  element.title = t("Locked by this link");
  element
    .querySelector("h2, legend")
    ?.append(lockMark(), h("span", { class: "hidden-text" }, " (", t("locked by this link"), ")"));
}

/** A padlock, drawn: not every machine has a font with one. */
function lockMark() {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "lock-mark", viewBox: "0 0 16 16", "aria-hidden": "true" })) {
    svg.setAttribute(name, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M3 7h10v7H3zM5 7V5a3 3 0 0 1 6 0v2");
  svg.append(path);
  return svg;
}

/** @param {string[]} names */
function unknownText(names) {
  return t("This link names parts that the page does not have: {names}. It has {parts}.", {
    names: names.join(", "),
    parts: PARTS.map(({ name }) => name).join(", "),
  });
}
