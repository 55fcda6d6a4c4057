// Standing notices over the page: why training has stopped (and what to do), or that this page may only watch.

import { t } from "../core/messages.js";
import { messageOf, withLabels } from "../core/wording.js";
import { h, setText } from "./dom.js";

/**
 * @param {HTMLElement} element over the plane
 * @param {{catalog: import("../core/types.js").Catalog, command: (name: string) => void}} options
 */
export function createStopNotice(element, { catalog, command }) {
  const message = h("p", {});
  const reset = h("button", { type: "button", class: "button", on: { click: () => command("reset") } }, t("Reset"));
  element.append(message, reset);
  return {
    /** @param {import("../core/types.js").Snapshot} snapshot @param {boolean} canEdit */
    show(snapshot, canEdit) {
      const { state } = snapshot;
      const text = messageOf(snapshot);
      element.hidden = !text || state === "running";
      element.classList.toggle("is-calm", state === "paused");
      reset.hidden = !canEdit || state !== "diverged";
      setText(message, withLabels(text, catalog.fields));
    },
    destroy() {
      message.remove();
      reset.remove();
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {{onFork: () => void}} options
 */
export function createWatchingNotice(element, { onFork }) {
  element.append(
    h(
      "span",
      {},
      h("strong", {}, t("You are watching."), " "),
      t("This link shows the experiment live; to change things, make a copy of your own."),
    ),
    h("button", { type: "button", class: "button", on: { click: onFork } }, t("Fork")),
  );
  element.hidden = false;
}
