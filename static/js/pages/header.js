// The page's head and its menus: title, undo and redo, the toolbar, a phone's "⋯", "?" with tour, glossary and keys.

import { byId } from "../views/dom.js";
import { createHeader } from "../views/header/header.js";
import { createMoreMenu } from "../views/header/more-menu.js";
import { createToolbar } from "../views/header/toolbar.js";
import { placeBeside } from "../views/help/help.js";
import { keep, recall } from "../views/keepsake.js";
import { lazy } from "../views/lazy.js";
import { isEmbedded } from "./open-session.js";

/** Who has this in the browser's storage has seen the tour. */
const TOUR_KEY = "nnlab-tour";

/** What a phone's head has no room for, in the order of its menu. */
const ON_A_PHONE = ["redo", "compare", "file", "theme", "help"];

const button = (/** @type {string} */ id) => /** @type {HTMLButtonElement} */ (byId(id));
const dialog = (/** @type {string} */ id) => /** @type {HTMLDialogElement} */ (byId(id));

/** @param {{catalog: import("../core/types.js").Catalog, actions: import("./actions.js").Actions}} parts */
export function createHead({ catalog, actions: { command, setField } }) {
  createToolbar(byId("head-tools"));
  createMoreMenu(button("more"), byId("more-panel"), ON_A_PHONE.map(button));
  useHelpMenu();
  return createHeader(
    {
      title: /** @type {HTMLInputElement} */ (byId("title")),
      connection: byId("connection"),
      busy: byId("busy"),
      undo: button("undo"),
      redo: button("redo"),
    },
    { setTitle: (title) => setField("title", title), command, maxLength: catalog.fields.title.max_length },
  );
}

/** The tour, for who comes to the front page for the first time. @param {boolean} isNew */
export async function offerTour(isNew) {
  if (isNew && !recall(TOUR_KEY) && !isEmbedded()) await takeTour();
}

async function takeTour() {
  const { startTour } = await import("../views/help/tour.js");
  const places = {
    element: byId("tour"),
    count: byId("tour-count"),
    skip: byId("tour-skip"),
    next: byId("tour-next"),
    start: byId("tour-start"),
    partOf: (/** @type {HTMLElement} */ card) => byId(card.dataset.beside ?? ""),
  };
  startTour(places, () => keep(TOUR_KEY, "seen"));
}

const keys = lazy(async () => {
  const { createKeys } = await import("../views/help/keys.js");
  return createKeys(dialog("keys-dialog"), byId("plane-keys").textContent ?? "");
});

/** List what the keyboard does. */
export const showKeys = async () => (await keys.want())();

/** The "?" menu stands in the template; the glossary opens from helps as well. */
function useHelpMenu() {
  const panel = byId("help-panel");
  const glossary = lazy(async () => {
    const { createGlossary } = await import("../views/help/glossary.js");
    return createGlossary(dialog("glossary-dialog"));
  });
  panel.addEventListener("toggle", () => panel.matches(":popover-open") && placeBeside(panel, button("help")));
  panel.addEventListener("click", () => panel.hidePopover());
  byId("take-tour").addEventListener("click", takeTour);
  byId("show-keys").addEventListener("click", showKeys);
  document.addEventListener("click", async (event) => {
    if (!(event.target instanceof Element && event.target.closest("[data-open-glossary]"))) return;
    event.preventDefault();
    (await glossary.want())();
  });
}
