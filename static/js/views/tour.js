// The tour of a first visit: a few cards beside the parts of the page. It can be skipped and is never shown again.

import { t } from "../core/messages.js";
import { h, setText } from "./dom.js";

const GAP_CSS = 12;

/** @typedef {{target: string, title: string, text: string}} Stop target: id of an element of the page */

/** @type {Stop[]} */
export const STOPS = [
  {
    target: "plane",
    title: t("A network at work"),
    text: t(
      "It learns to tell the points apart. The colour behind them is its answer at each place, stronger where it is surer. Hollow points are kept out of training, to test it.",
    ),
  },
  {
    target: "palette",
    title: t("Your points"),
    text: t(
      "Choose a class and click the plane to add a point; drag points to move them. The network goes on from where it is.",
    ),
  },
  {
    target: "network-body",
    title: t("The network"),
    text: t("Layers, units and their activation. Below stands how many weights and biases that makes."),
  },
  {
    target: "training-body",
    title: t("The training"),
    text: t(
      "Learning rate, regularization and the rest act at once, while it runs. Each question mark explains its setting.",
    ),
  },
  {
    target: "results-body",
    title: t("What it has learned"),
    text: t(
      "The loss falls as training goes on. Go back to any moment with the slider below the chart. For more, open the Gallery.",
    ),
  },
];

/**
 * @param {HTMLElement} element a popover
 * @param {() => void} onEnd
 */
export function startTour(element, onEnd) {
  let index = -1;
  /** @type {HTMLElement|null} */
  let target = null;
  const title = h("h2", { id: "tour-title" });
  const text = h("p", {});
  const count = h("span", { class: "quiet" });
  const skip = h("button", { type: "button", class: "button quiet", on: { click: () => end() } }, t("Skip the tour"));
  const next = h("button", { type: "button", class: "button primary", on: { click: () => go(index + 1) } });
  element.replaceChildren(
    title,
    text,
    h("div", { class: "row" }, count, h("span", { class: "tour-buttons" }, skip, next)),
  );

  const end = () => {
    onEnd();
    target?.classList.remove("is-toured");
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("resize", place);
    element.hidePopover();
  };

  const place = () => target && placeNear(element, target);

  /** @param {number} stop */
  const go = (stop) => {
    target?.classList.remove("is-toured");
    if (stop >= STOPS.length) return end();
    index = stop;
    target = document.getElementById(STOPS[stop].target);
    target?.classList.add("is-toured");
    target?.scrollIntoView({ block: "nearest" });
    setText(title, STOPS[stop].title);
    setText(text, STOPS[stop].text);
    setText(count, t("{number} of {count}", { number: stop + 1, count: STOPS.length }));
    setText(next, stop + 1 < STOPS.length ? t("Next") : t("Start"));
    skip.hidden = stop + 1 === STOPS.length;
    place();
  };

  const onKey = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && end();
  document.addEventListener("keydown", onKey);
  window.addEventListener("resize", place);
  element.showPopover();
  go(0);
}

/**
 * Put the card where it hides as little as possible: right or left of its target, else over its lower end.
 * @param {HTMLElement} card
 * @param {HTMLElement} target
 */
function placeNear(card, target) {
  const [box, own] = [target.getBoundingClientRect(), card.getBoundingClientRect()];
  const right = box.right + GAP_CSS;
  const left = box.left - own.width - GAP_CSS;
  const fits = right + own.width < window.innerWidth ? right : left > 0 ? left : null;
  const x = fits ?? (window.innerWidth - own.width) / 2;
  const y = fits === null ? box.bottom + GAP_CSS : box.top;
  card.style.left = `${Math.max(GAP_CSS, x)}px`;
  card.style.top = `${Math.min(Math.max(GAP_CSS, y), window.innerHeight - own.height - GAP_CSS)}px`;
}
