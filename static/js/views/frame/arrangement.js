// What a person arranges on the page: the rail's tab, the results' tab, which part a phone shows, a larger network, taller
// results. CSS reads it off the body; see static/css/frame.css.

import { listen } from "../dom.js";
import { createTabs } from "./tabs.js";

/** Of a phone's parts those that stand in the rail, and their sheets. @type {Record<string, string>} */
const SHEETS = { training: "settings", data: "data", lesson: "lesson" };

/** From here on a part counts as scrolled, in CSS pixels. */
const SHRINK_CSS = 8;

/** @typedef {ReturnType<typeof createArrangement>} Arrangement */

/**
 * @typedef {{body: HTMLElement, railTabs: HTMLElement, resultTabs: HTMLElement, phoneTabs: HTMLElement, enlarge: HTMLElement,
 *   taller: HTMLElement, allSettings: HTMLElement, plane: HTMLElement}} Places
 */

/**
 * @param {Places} places
 * @param {{onChange?: () => void}} [options] told when other parts have come into sight
 */
export function createArrangement(places, { onChange = () => {} } = {}) {
  const { body } = places;
  const phone = [...places.phoneTabs.querySelectorAll("button")];

  /** @param {string} part */
  const showPart = (part) => {
    body.dataset.part = part;
    delete body.dataset.shrunk;
    for (const button of phone) button.setAttribute("aria-pressed", String(button.value === part));
    if (SHEETS[part]) rail.choose(SHEETS[part]);
    onChange();
  };
  const rail = createTabs(places.railTabs, {
    onChoose(name) {
      body.dataset.rail = name;
      onChange();
    },
  });
  const results = createTabs(places.resultTabs, { onChoose: onChange });
  body.dataset.rail = rail.get();
  body.dataset.part = (phone.find((button) => !button.hidden) ?? phone[0]).value;

  /** Bring a sheet of the rail into sight, on a phone too. @param {string} name data, settings or lesson */
  const openRail = (name) => {
    rail.choose(name);
    showPart(Object.keys(SHEETS).find((part) => SHEETS[part] === name) ?? "data");
  };
  const ends = [
    ...phone.map((button) => listen(button, { click: () => showPart(button.value) })),
    listenToToggle(places.enlarge, body, "has-large-network", onChange),
    listenToToggle(places.taller, body, "has-tall-results", onChange),
    listen(places.allSettings, { click: () => openRail("settings") }),
    shrinkWhileScrolled(places),
    rail.destroy,
    results.destroy,
  ];

  return {
    openRail,
    /** Bring a sheet of the results into sight. @param {string} name results, unit, health, warp or probe */
    openResults(name) {
      results.choose(name);
      showPart("results");
    },
    destroy: () => ends.forEach((end) => end()),
  };
}

/**
 * On a phone the plane is smaller while the part under it is scrolled, so that both fit; after a touch of the plane, or the way back to
 * the part's top, makes it large again.
 * @param {Places} places
 */
function shrinkWhileScrolled({ body, plane }) {
  const grow = () => delete body.dataset.shrunk;
  /** @param {Event} event */
  const scroll = ({ target }) => {
    const part = /** @type {HTMLElement} */ (target);
    if (!part.matches?.(".sheet, .diagram, .results")) return;
    const canScroll = part.scrollHeight > part.clientHeight + 1;
    if (part.scrollTop > SHRINK_CSS) body.dataset.shrunk = "";
    else if (part.scrollTop === 0 && canScroll) grow();
  };
  const ends = [
    listen(document, { scroll }, { capture: true, passive: true }),
    listen(plane, { pointerup: () => setTimeout(grow) }), // once the touch has had its effect
  ];
  return () => ends.forEach((end) => end());
}

/** A button that switches a class of the body. @param {HTMLElement} button @param {HTMLElement} body @param {string} name @param {() => void} onChange */
function listenToToggle(button, body, name, onChange) {
  return listen(button, {
    click() {
      const isOn = body.classList.toggle(name);
      button.setAttribute("aria-pressed", String(isOn));
      onChange();
    },
  });
}
