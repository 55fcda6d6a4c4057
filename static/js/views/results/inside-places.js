// The sheets of the results card as they stand before anything is shown: each part in its place, with its help.

import { t } from "../../core/messages.js";
import { byId, h } from "../dom.js";
import { helpButton } from "../help/help.js";

/** The places that the template has for what the diagram tells of. */
export function createPlaces() {
  const places = {
    card: h("div", { class: "unit-card" }),
    health: h("div", { class: "part-body" }),
    warp: h("div", { class: "part-body" }),
    confusion: h("div", { class: "part-body tables" }),
    probe: h("div", { class: "part-body" }),
  };
  const confusionBox = part("confusion", t("Confusion counts"), places.confusion);
  byId("sheet-unit").append(places.card);
  byId("sheet-health").append(part("health", t("Health of each layer"), places.health), confusionBox);
  byId("sheet-warp").append(part("warp", t("The plane as two units see it"), places.warp));
  byId("sheet-probe").append(part("probe", t("One point, number by number"), places.probe));
  const help = helpButton({ label: t("Network diagram"), about: "diagram" });
  byId("network-title").after(help);
  return {
    ...places,
    confusionBox,
    destroy() {
      for (const sheet of ["unit", "health", "warp", "probe"]) byId(`sheet-${sheet}`).replaceChildren();
      help.remove();
    },
  };
}

/** @param {string} kind its name in pictures.js @param {string} title @param {HTMLElement} body */
function part(kind, title, body) {
  return h(
    "section",
    { class: `part ${kind}-part`, "aria-label": title },
    h("div", { class: "field-head" }, h("h3", {}, title), helpButton({ label: title, about: kind })),
    body,
  );
}
