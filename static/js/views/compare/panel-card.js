// One of several experiments side by side: its letter, what is peculiar to it, what it has reached, and its plane. The chosen
// one's plane is the page's own, with all that lies over it; the others have a plain one.

import { t } from "../../core/messages.js";
import { createPlaneView } from "../plane/plane-view.js";
import { h, setText } from "../dom.js";
import { badge } from "./badge.js";
import { createPanelFigures } from "./panel-figures.js";

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
  const figures = createPanelFigures();
  const choose = h("button", { type: "button", class: "panel-choose", on: { click: onChoose } }, letter, name);
  const close = h("button", { type: "button", class: "button icon quiet", on: { click: onClose } }, "×");
  const own = h("div", { class: "plane other-plane", role: "group" });
  const planes = h("div", { class: "panel-plane" }, own);
  const head = h("header", { class: "panel-head" }, choose, close);
  const element = h("article", { class: "panel" }, head, planes, figures.element);
  const plane = createPlaneView(own, planeActions);

  /** @param {boolean} isChosen */
  const showPlane = (isChosen) => {
    own.hidden = isChosen;
    if (isChosen && chosenPlane.parentElement !== planes) planes.append(chosenPlane);
  };

  return {
    element,
    /** @param {PanelState} state */
    show(state) {
      setText(letter, state.letter);
      setText(name, nameInWords(state));
      name.title = state.name;
      figures.show({ ...state, regions: state.plane.regions, isFit: state.plane.document.task !== "classification" });
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

/** @param {PanelState} state */
function nameInWords({ name, snapshot }) {
  const settings = name || t("The same settings");
  return snapshot.state === "diverged" ? [settings, t("diverged")].join(" · ") : settings;
}
