// What stands beside the playground's views: the gallery of experiments and the file menu.

import { byId } from "../views/dom.js";
import { createFileMenu } from "../views/file-menu.js";
import { createGallery } from "../views/gallery.js";
import { createFiles } from "./files.js";
import { PRESETS } from "./presets.js";

/** @param {string} id */
const button = (id) => /** @type {HTMLButtonElement} */ (byId(id));

/**
 * @param {{store: ReturnType<typeof import("../core/store.js").createStore<import("./playground.js").PageState>>,
 *   catalog: import("../core/types.js").Catalog, actions: import("./actions.js").Actions,
 *   data: {rememberDataset: (name: string, chosen: Record<string, any>) => void},
 *   toasts: ReturnType<typeof import("../views/toasts.js").createToasts>}} parts
 */
export function createExtras({ store, catalog, actions, data, toasts }) {
  const { editId, viewId, canEdit } = store.get();
  const losses = catalog.fields["network.loss"].choices ?? [];
  const files = createFiles({ id: editId ?? viewId, store, losses, toasts });
  createFileMenu(button("file"), byId("file-panel"), files.entries);
  createGallery(button("gallery"), /** @type {HTMLDialogElement} */ (byId("gallery-dialog")), {
    cards: PRESETS,
    onChoose(preset) {
      data.rememberDataset(preset.dataset.name, preset.dataset);
      actions.openPreset(preset);
      toasts.show(preset.notice, "note");
    },
  });
  button("gallery").disabled = !canEdit;
}
