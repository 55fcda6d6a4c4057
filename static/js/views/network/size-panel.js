// The network's size in a popover: its name, the arithmetic of its parameters, its skip connections, and whether training starts
// afresh as it changes.

import { networkName, parameterArithmetic } from "../../core/architecture.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { placeBeside } from "../help/help.js";
import { createSkipsField } from "./skips-field.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/architecture.js").WeightMatrix} WeightMatrix */

/** Whether training starts afresh at each change of the shape. @typedef {{isFresh: () => boolean, setFresh: (isOn: boolean) => void}} WeightRule */

/**
 * @param {HTMLElement} element that the popover is put into
 * @param {{spec: import("../../core/types.js").FieldSpec, weightRule: WeightRule,
 *   changeNetwork: (change: () => Partial<import("../../core/types.js").Network>) => void}} options
 */
export function createSizePanel(element, { spec, changeNetwork, weightRule }) {
  const name = h("h3", {});
  const arithmetic = h("p", { class: "arithmetic" });
  const part = h("fieldset", { class: "bare network-part" }, h("legend", { class: "hidden-text" }, spec.label));
  const body = h("div", {});
  part.append(h("h3", {}, t("Skip connections")), body);
  const fresh = h("input", {
    type: "checkbox",
    class: "checkbox",
    on: { change: () => weightRule.setFresh(fresh.checked) },
  });
  part.append(h("label", { class: "field-label" }, fresh, t("Start afresh at each change of the network")));
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
      fresh.checked = weightRule.isFresh();
      show(document, matrices);
      panel.showPopover();
      placeBeside(panel, anchor);
    },
    destroy: () => panel.remove(),
  };
}
