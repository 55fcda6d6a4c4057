// The panel inside the network as it stands before anything is shown: each part in its place, with its title and help.

import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { helpButton } from "../help/help.js";

/** @param {HTMLElement} element */
export function createPlaces(element) {
  const place = (/** @type {string} */ name) => h("div", { class: name });
  const places = {
    diagram: place("diagram"),
    card: place("unit-card"),
    health: place("part-body"),
    warp: place("part-body"),
    confusion: place("part-body tables"),
    probe: place("part-body"),
  };
  const part = (
    /** @type {string} */ kind,
    /** @type {string} */ title,
    /** @type {string} */ words,
    /** @type {HTMLElement} */ body,
  ) =>
    h(
      "section",
      { class: `part ${kind}-part`, "aria-label": title },
      h("div", { class: "field-head" }, h("h3", {}, title), helpButton({ label: title, about: kind })),
      h("p", { class: "quiet part-words" }, words),
      body,
    );
  const confusionBox = part(
    "confusion",
    t("Confusion counts"),
    t("Rows: what a point is. Columns: what the network takes it for."),
    places.confusion,
  );
  const key = h(
    "div",
    { class: "diagram-key quiet" },
    h("span", { class: "key-line positive", "aria-hidden": true }),
    t("positive weight"),
    " ",
    h("span", { class: "key-line negative", "aria-hidden": true }),
    t("negative weight"),
    " ",
    h("span", { class: "key-dot positive", "aria-hidden": true }),
    h("span", { class: "key-dot negative", "aria-hidden": true }),
    t(
      "bias. Point at a unit to see its map on the plane; click a unit, a link or a bias to see and change its numbers.",
    ),
    " ",
    helpButton({ label: t("Network diagram"), about: "diagram" }),
  );
  element.append(
    h("div", { class: "diagram-row" }, h("div", { class: "diagram-column" }, places.diagram, key), places.card),
    h(
      "div",
      { class: "parts" },
      part(
        "health",
        t("Health of each layer"),
        t("What the notes tell you to watch while training runs."),
        places.health,
      ),
      part(
        "warp",
        t("The plane as two units see it"),
        t("Each layer bends the plane until a straight cut can part the classes."),
        places.warp,
      ),
      confusionBox,
      part(
        "probe",
        t("One point, number by number"),
        t("Forward: a matrix product, a bias, an activation, layer after layer."),
        places.probe,
      ),
    ),
  );
  return { ...places, confusionBox };
}
