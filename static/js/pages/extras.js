// What stands beside the playground's views, fetched when it is asked for: the gallery of experiments, the file menu with
// pasting and dropping, links to share.

import { byId, isTyping, listen } from "../views/dom.js";
import { placeBeside } from "../views/help/help.js";
import { lazy } from "../views/lazy.js";
import { createLesson } from "../views/rail/lesson.js";
import { withStyles } from "../views/stylesheet.js";
import { addressOf, isEmbedded } from "./open-session.js";

/** @param {string} id */
const button = (id) => /** @type {HTMLButtonElement} */ (byId(id));

/**
 * @typedef {{store: ReturnType<typeof import("../core/store.js").createStore<import("./playground.js").PageState>>,
 *   session: import("../core/types.js").SessionReply, panels: () => import("../api/panels.js").Panel[],
 *   catalog: import("../core/types.js").Catalog, actions: import("./actions.js").Actions,
 *   toasts: ReturnType<typeof import("../views/toasts.js").createToasts>,
 *   showLesson: (lesson: import("../views/rail/lesson.js").Lesson) => void}} Parts
 */

/**
 * @param {Omit<Parts, "showLesson">} known
 * @param {{openRail: (sheet: string) => void}} arrangement
 */
export function createExtras(known, arrangement) {
  const { canEdit } = known.store.get();
  const gallery = lazy(async () => (await import("./gallery.js")).makeGallery(parts));
  const lesson = createLesson(byId("lesson"), {
    onGallery: () => button("gallery").click(),
    onTry: (trial) => void tryOut(known, trial),
  });
  const parts = {
    ...known,
    showLesson(/** @type {import("../views/rail/lesson.js").Lesson} */ preset) {
      lesson.show(preset);
      arrangement.openRail("lesson");
    },
  };
  button("gallery").disabled = !canEdit;
  button("gallery").addEventListener("click", async () => (await gallery.want())());

  const whole = /** @type {HTMLAnchorElement|null} */ (document.querySelector(".open-whole"));
  if (whole) whole.href = addressOf(parts.session.id ?? parts.session.view_id);
  button("compare").addEventListener("click", parts.actions.compare);

  let files = lazy(() => makeFiles(parts));
  onUse("file", () => files.want());
  button("open-points").addEventListener("click", async () => (await files.want()).choosePoints());
  const makeSharing = () => lazy(async () => (await import("./sharing.js")).makeSharing(parts));
  let sharing = makeSharing();
  onUse("share", () => sharing.want());
  if (canEdit && !isEmbedded()) listenToFiles(async (read) => read(await files.want()));
  listenToCompare(
    lazy(async () => {
      const { makeCompareValues } = await withStyles(import("./compare-values.js"), "import", "compare");
      return makeCompareValues({ catalog: known.catalog, chosen: () => chosenOf(known.store.get()) });
    }),
  );
  return {
    showLesson: parts.showLesson,
    /** Other experiments are on the page, or another one is chosen: files and links are about those. */
    renew() {
      files = lazy(() => makeFiles(parts));
      sharing = makeSharing();
    },
  };
}

/** @param {import("./playground.js").PageState} state */
const chosenOf = ({ editId, viewId, document }) => ({ id: editId ?? viewId, document });

/** Any control that names a setting to compare. @param {import("../views/lazy.js").Lazy<(path: string) => void>} dialog opens for a setting */
function listenToCompare(dialog) {
  document.addEventListener("click", async ({ target }) => {
    const control = target instanceof Element ? target.closest("[data-compare]") : null;
    if (control) (await dialog.want())(String(control.getAttribute("data-compare")));
  });
}

/** What a lesson's button does: a change of the settings, then Run. @param {Omit<Parts, "showLesson">} parts @param {import("../views/rail/lesson.js").Trial} trial */
async function tryOut({ actions, catalog }, { patch, isAfresh }) {
  const { withUsualLayers } = await import("./presets/changes.js");
  actions.change({ kind: "patch", patch: withUsualLayers(patch, catalog.defaults), isAfresh, isForAll: true });
  actions.command("run");
}

/** @param {Parts} parts */
async function makeFiles(parts) {
  const { makeFileMenu } = await import("./files.js");
  return makeFileMenu(parts);
}

/**
 * Text that is pasted and files that are dropped anywhere on the page.
 * @param {(read: (files: Awaited<ReturnType<typeof makeFiles>>) => void) => void} receive
 */
function listenToFiles(receive) {
  /** @param {ClipboardEvent|DragEvent} event @param {DataTransfer|null} data */
  const take = (event, data) => {
    if (isTyping(event.target)) return;
    event.preventDefault();
    const [file, text] = [data?.files[0], data?.getData("text")];
    if (file) receive((files) => files.readFile(file));
    else if (text) receive((files) => files.readText(text));
  };
  document.addEventListener("paste", (event) => take(event, event.clipboardData));
  document.addEventListener("dragover", (event) => isTyping(event.target) || event.preventDefault());
  document.addEventListener("drop", (event) => take(event, event.dataTransfer));
}

/**
 * Fill a button's popover when the hand or the focus comes near or the popover opens.
 * @param {string} id of the button; its popover is id-panel
 * @param {() => Promise<unknown>} fill
 */
function onUse(id, fill) {
  const panel = byId(`${id}-panel`);
  const place = () => panel.matches(":popover-open") && placeBeside(panel, button(id));
  const fillAndPlace = async () => {
    await fill();
    place();
  };
  listen(button(id), { pointerenter: fillAndPlace, focus: fillAndPlace });
  listen(panel, { beforetoggle: fillAndPlace, toggle: place });
}
