// One of several experiments side by side: its letter, what is peculiar to it, what it has reached, and its plane. The chosen
// one's plane is the page's own, with all that lies over it; the others have a plain one.

import { formatLoss, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { createPlaneView } from "../plane/plane-view.js";
import { h, setText } from "../dom.js";
import { badge } from "./badge.js";

/** @typedef {import("../../core/types.js").Snapshot} Snapshot */
/**
 * @typedef {{letter: string, name: string, snapshot: Snapshot, isChosen: boolean,
 *   plane: import("../plane/plane-view.js").PlaneState}} PanelState
 */

/**
 * @param {HTMLElement} chosenPlane the page's own
 * @param {{planeActions: import("../plane/plane-view.js").PlaneActions, onChoose: () => void, onClose: () => void}} options
 */
export function createPanelCard(chosenPlane, { planeActions, onChoose, onClose }) {
  const letter = badge("");
  const name = h("strong", {});
  const figures = h("span", { class: "panel-figures" });
  const choose = h(
    "button",
    { type: "button", class: "panel-choose", on: { click: onChoose } },
    letter,
    h("span", { class: "panel-words" }, name, figures),
  );
  const close = h("button", { type: "button", class: "button icon quiet", on: { click: onClose } }, "×");
  const own = h("div", { class: "plane other-plane", role: "group" });
  const element = h("article", { class: "panel" }, h("header", { class: "panel-head" }, choose, close), own);
  const plane = createPlaneView(own, planeActions);

  /** @param {boolean} isChosen */
  const showPlane = (isChosen) => {
    own.hidden = isChosen;
    if (isChosen && chosenPlane.parentElement !== element) element.append(chosenPlane);
  };

  return {
    element,
    /** @param {PanelState} state */
    show(state) {
      setText(letter, state.letter);
      setText(name, state.name || t("The same settings"));
      setText(figures, inWords(state.snapshot));
      choose.setAttribute("aria-pressed", String(state.isChosen));
      close.setAttribute("aria-label", t("Close {letter}", { letter: state.letter }));
      element.classList.toggle("is-chosen", state.isChosen);
      showPlane(state.isChosen);
      if (!state.isChosen) plane.show(state.plane);
    },
    destroy() {
      plane.destroy();
      element.remove();
    },
  };
}

/** What one has reached, in a line. @param {Snapshot} snapshot */
function inWords({ state, loss, test_loss: testLoss, accuracy, test_accuracy: test }) {
  const isKnown = (/** @type {unknown} */ value) => value !== null && value !== undefined;
  return [
    t("loss {loss}", { loss: formatLoss(loss) }),
    ...(isKnown(testLoss) ? [t("test {loss}", { loss: formatLoss(testLoss) })] : []),
    ...(isKnown(accuracy) ? [t("right {share}", { share: formatPercent(accuracy) })] : []),
    ...(isKnown(test) ? [t("test {share}", { share: formatPercent(test) })] : []),
    ...(state === "diverged" ? [t("diverged")] : []),
  ].join(" · ");
}
