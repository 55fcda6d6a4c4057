// The sheets of the results card as they stand before anything is shown: each part in its place, with its help.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { helpButton } from "../help/help.js";

/** Where the parts go: the sheets of the results card. @typedef {Record<"unit"|"health"|"warp"|"probe", HTMLElement>} Sheets */

/** Make the parts' places in the sheets. @param {Sheets} sheets */
export function createPlaces({ unit, health, warp, probe }) {
  const places = {
    card: h("div", { class: "unit-card" }),
    health: h("div", { class: "part-body" }),
    warp: h("div", { class: "part-body" }),
    confusion: h("div", { class: "part-body tables" }),
    probe: h("div", { class: "part-body" }),
  };
  const confusionBox = part("confusion", t("Confusion counts"), places.confusion);
  unit.append(places.card);
  health.append(h("section", { class: "part", "aria-label": t("Health of each layer") }, places.health), confusionBox);
  warp.append(part("warp", t("The plane as two units see it"), places.warp));
  probe.append(part("probe", t("One point, number by number"), places.probe));
  return {
    ...places,
    confusionBox,
    destroy() {
      for (const sheet of [unit, health, warp, probe]) sheet.replaceChildren();
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
