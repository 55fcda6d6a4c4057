// Under the panels: the chart of all, a copy more, the network of the chosen one, and the way through time.

import { LETTERS } from "../../core/comparison.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { helpButton } from "../help/help.js";
import { createPanelsChart } from "./panels-chart.js";

/** @param {HTMLElement} body @param {() => void} onAdd */
export function createPanelsFoot(body, onAdd) {
  const tools = h("span", { class: "panels-tools" });
  const add = h("button", { type: "button", class: "button small", on: { click: onAdd } });
  const place = h("div", { class: "chart panels-chart" });
  const help = helpButton({ label: t("Compare"), about: "comparison" });
  const head = h("div", { class: "panels-foot-head" }, networkButton(body), add, help, tools);
  const element = h("section", { class: "panels-foot", "aria-label": t("Loss of all, by step") }, head, place);
  const chart = createPanelsChart(place, tools);
  return {
    element,
    /** @param {import("../../core/comparison.js").Panel[]} panels @param {string} letter of the chosen one @param {import("../header/theme.js").Colours} colours */
    show(panels, letter, colours) {
      setText(add, t("Add a copy of {letter}", { letter }));
      add.disabled = panels.length >= LETTERS.length;
      const all = panels.map(({ state }) => state.series);
      chart.show(all, colours);
    },
    destroy: chart.destroy,
  };
}

/** Shows the network of the chosen one in the rail's place. @param {HTMLElement} body */
function networkButton(body) {
  const button = h("button", { type: "button", class: "button small", "aria-pressed": "false" }, t("Network"));
  button.addEventListener("click", () =>
    button.setAttribute("aria-pressed", String(body.classList.toggle("shows-network"))),
  );
  return button;
}
