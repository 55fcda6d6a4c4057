// The network's size in a popover: its name, the arithmetic of its parameters, and its skip connections.

import { networkName, parameterArithmetic } from "../../core/architecture.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { placeBeside } from "../help/help.js";
import { createSkipsField } from "./skips-field.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/architecture.js").WeightMatrix} WeightMatrix */

/**
 * @param {HTMLElement} element that the popover is put into
 * @param {{spec: import("../../core/types.js").FieldSpec,
 *   changeNetwork: (change: () => Partial<import("../../core/types.js").Network>) => void}} options
 */
export function createSizePanel(element, { spec, changeNetwork }) {
  const name = h("h3", {});
  const arithmetic = h("p", { class: "arithmetic" });
  const part = h("fieldset", { class: "bare network-part" }, h("legend", { class: "hidden-text" }, spec.label));
  const body = h("div", {});
  part.append(h("h3", {}, t("Skip connections")), body);
  const panel = h(
    "div",
    { class: "popover size-panel", popover: "auto", role: "dialog", "aria-label": t("Size of the network") },
    name,
    arithmetic,
    part,
  );
  element.append(panel);
  const skips = createSkipsField(body, spec, { onInput: (links) => changeNetwork(() => ({ skips: links })) });

  /** @param {LabDocument} document @param {WeightMatrix[]} matrices */
  const show = ({ network }, matrices) => {
    setText(name, networkName(matrices));
    setText(arithmetic, parameterArithmetic(matrices).join("\n"));
    skips.show(network.skips ?? [], network.hidden.length);
  };

  return {
    show,
    /** @param {HTMLElement} anchor @param {LabDocument} document @param {WeightMatrix[]} matrices */
    open(anchor, document, matrices) {
      part.disabled = element.querySelector("fieldset")?.disabled ?? false; // as the other controls of the network
      show(document, matrices);
      panel.showPopover();
      placeBeside(panel, anchor);
    },
    destroy: () => panel.remove(),
  };
}
