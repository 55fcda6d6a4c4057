// What stands over the wall: how many students there are of each kind, to choose by; their order, a search, the size of cards.

import { EVERYONE, HANDS, ORDERS, STATES, counts } from "../../core/rooms/roster.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";

/** @typedef {{order: string, filter: string, search: string, size: string}} Wish */

const SIZE_NAMES = { fit: t("As fits"), small: t("Small"), medium: t("Medium"), large: t("Large") };

/** @param {HTMLElement} element @param {{wish: Wish, onWish: (changes: Partial<Wish>) => void}} options */
export function createWallTools(element, { wish, onWish }) {
  const filters = h("div", { class: "wall-filters", role: "group", "aria-label": t("Show") });
  const order = choice(t("Sort"), ORDERS, wish.order, (name) => onWish({ order: name }));
  const sizes = Object.entries(SIZE_NAMES).map(([name, label]) => ({ name, label }));
  const size = choice(t("Size of cards"), sizes, wish.size, (name) => onWish({ size: name }));
  const search = h("input", {
    type: "search",
    class: "text-box",
    placeholder: t("Find a name"),
    "aria-label": t("Find a name"),
  });
  search.addEventListener("input", () => onWish({ search: search.value }));
  element.append(filters, h("span", { class: "spring" }), search, order, size);
  let shown = "";

  return {
    /** @param {import("../../core/rooms/types.js").Member[]} members @param {string} filter */
    show(members, filter) {
      const found = counts(members);
      if (!found.has(filter)) found.set(filter, 0);
      const now = JSON.stringify([...found, filter]);
      if (now === shown) return;
      shown = now;
      showFilters(filters, found, filter, (name) => onWish({ filter: name }));
    },
    destroy: () => element.replaceChildren(),
  };
}

/** @param {string} name */
function filterName(name) {
  if (name === EVERYONE) return t("Everyone");
  return name === HANDS ? t("Raised hands") : STATES[/** @type {keyof typeof STATES} */ (name)];
}

/**
 * The buttons there are stay where they are: one of them may have the focus.
 * @param {HTMLElement} place
 * @param {Map<string, number>} found
 * @param {string} chosen
 * @param {(name: string) => void} onChoose
 */
function showFilters(place, found, chosen, onChoose) {
  const known = new Map([...place.children].map((one) => [/** @type {HTMLElement} */ (one).dataset.filter ?? "", one]));
  const buttons = [...found].map(([name, count]) => {
    const click = () => onChoose(name);
    const button =
      known.get(name) ?? h("button", { type: "button", class: "chip", "data-filter": name, on: { click } });
    button.setAttribute("aria-pressed", String(name === chosen));
    button.replaceChildren(filterName(name), h("span", { class: "chip-count" }, String(count)));
    return button;
  });
  const focused = document.activeElement;
  place.replaceChildren(...buttons);
  if (focused instanceof HTMLElement && place.contains(focused)) focused.focus();
}

/** @param {string} label @param {{name: string, label: string}[]} entries @param {string} value @param {(name: string) => void} onChoose */
function choice(label, entries, value, onChoose) {
  const select = h(
    "select",
    { class: "select", "aria-label": label },
    ...entries.map((entry) => h("option", { value: entry.name }, entry.label)),
  );
  select.value = value;
  select.addEventListener("change", () => onChoose(select.value));
  return select;
}
