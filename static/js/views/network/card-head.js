// The network card's head: how many hidden layers, and how many parameters; the arithmetic of these and the skip connections
// are in a popover, whose code is fetched when it is asked for.

import { networkName, outputCount, parameterCount, weightMatrices } from "../../core/architecture.js";
import { formatCount } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { setText } from "../dom.js";
import { createStepper } from "../fields/stepper.js";
import { helpButton } from "../help/help.js";
import { lazy } from "../lazy.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */

/**
 * @param {{card: HTMLElement, layerCount: HTMLElement, size: HTMLButtonElement}} places
 * @param {{catalog: import("../../core/types.js").Catalog, weightRule: import("./size-panel.js").WeightRule,
 *   changeNetwork: (change: (network: import("../../core/types.js").Network) => Partial<import("../../core/types.js").Network>) => void}} options
 */
export function createCardHead({ card, layerCount, size }, { catalog, changeNetwork, weightRule }) {
  const { fields, defaults } = catalog;
  const [usual] = defaults.network.hidden;
  /** @param {number} count */
  const setCount = async (count) => {
    const { withLayerAfter, withoutLayer } = await import("../../core/layer-changes.js");
    changeNetwork((network) =>
      count > network.hidden.length
        ? withLayerAfter(network, network.hidden.length, usual)
        : withoutLayer(network, count),
    );
  };
  const range = /** @type {[number, number]} */ ([0, fields["network.hidden"].max_items ?? 0]);
  const stepper = createStepper(fields["network.hidden"], { onInput: setCount, range });
  layerCount.append(stepper.element);
  const help = helpButton({ label: t("Network diagram"), about: "diagram" });
  layerCount.before(help);

  /** @type {LabDocument|null} */
  let shown = null;
  const panel = lazy(async () => {
    const { createSizePanel } = await import("./size-panel.js");
    return createSizePanel(card, { spec: fields["network.skips"], changeNetwork, weightRule });
  });
  const open = async () => {
    const opened = await panel.want();
    if (shown) opened.open(size, shown, matricesOf(shown));
  };
  size.addEventListener("click", open);

  /** @param {LabDocument} document */
  const matricesOf = (document) => weightMatrices(document, outputCount(document, fields["network.loss"].choices));

  return {
    /** @param {LabDocument} document */
    show(document) {
      if (document === shown) return;
      shown = document;
      const matrices = matricesOf(document);
      stepper.show(document.network.hidden.length);
      setText(size, t("{count} parameters", { count: formatCount(parameterCount(matrices).parameters) }));
      size.title = networkName(matrices);
      panel.now()?.show(document, matrices);
    },
    destroy() {
      size.removeEventListener("click", open);
      for (const element of [help, stepper.element]) element.remove();
      panel.now()?.destroy();
    },
  };
}
