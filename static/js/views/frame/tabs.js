// Tabs: one of several panels is in sight, chosen by a row of buttons of which the template has all. Arrow keys walk along it.

/** @typedef {ReturnType<typeof createTabs>} Tabs */

const WAYS = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * @param {HTMLElement} list with role "tablist"; each tab names its panel by aria-controls
 * @param {{onChoose?: (name: string) => void}} [options] name: that of the panel, without "sheet-"
 */
export function createTabs(list, { onChoose = () => {} } = {}) {
  const tabs = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=tab]")]);
  const panelOf = (/** @type {HTMLElement} */ tab) =>
    /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute("aria-controls") ?? ""));
  const nameOf = (/** @type {HTMLElement} */ tab) => panelOf(tab).id.replace("sheet-", "");
  const isChosen = (/** @type {HTMLElement} */ tab) => tab.getAttribute("aria-selected") === "true";

  /** @param {HTMLElement} chosen */
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      panelOf(tab).hidden = tab !== chosen;
    }
    onChoose(nameOf(chosen));
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const way = WAYS[/** @type {keyof typeof WAYS} */ (event.key)];
    const usable = tabs.filter((tab) => !tab.hidden);
    const at = usable.findIndex((tab) => tab === event.target);
    if (!way || at < 0) return;
    event.preventDefault();
    const next = usable[(at + way + usable.length) % usable.length];
    next.focus();
    choose(next);
  };
  const onClick = (/** @type {Event} */ event) => {
    const tab = tabs.find((each) => each.contains(/** @type {Node} */ (event.target)));
    if (tab) choose(tab);
  };
  const first = tabs.find((tab) => !tab.hidden); // a link may hide some
  if (first && tabs.find(isChosen)?.hidden) choose(first);
  list.addEventListener("click", onClick);
  list.addEventListener("keydown", onKey);

  return {
    /** Bring a panel into sight. @param {string} name */
    choose(name) {
      const tab = tabs.find((each) => nameOf(each) === name);
      if (tab && !isChosen(tab)) choose(tab);
    },
    /** The name of the panel in sight. */
    get: () => nameOf(tabs.find(isChosen) ?? tabs[0]),
    destroy() {
      list.removeEventListener("click", onClick);
      list.removeEventListener("keydown", onKey);
    },
  };
}
