// Give everyone something to do: the teacher's own experiment, one of the gallery, or a page to read.

import { t } from "../../../core/messages.js";
import { h } from "../../dom.js";

/**
 * @typedef {{onExperiment: () => void, onPush: (isAfresh: boolean) => void, onPreset: (name: string) => void, onPage: (path: string|null) => void}} TaskActions
 */

/**
 * @param {{presets: {name: string, title: string, section: string}[], pages: HTMLOptGroupElement[]}} choices pages: of the template
 * @param {TaskActions} actions
 */
export function createTaskPanel({ presets, pages }, { onExperiment, onPush, onPreset, onPage }) {
  const own = h("button", { type: "button", class: "button small", on: { click: onExperiment } }, t("Open it"));
  const afresh = h("input", { type: "checkbox", checked: true });
  const push = h("button", {
    type: "button",
    class: "button small primary",
    on: { click: () => onPush(afresh.checked) },
  });
  push.append(t("Give everyone this"));
  const preset = createChoice(t("From the gallery"), groupedOptions(presets), t("Give everyone"), onPreset);
  const nothing = h("option", { value: "" }, t("No page"));
  const page = createChoice(t("A page to read"), [nothing, ...pages], t("Show to everyone"), (path) =>
    onPage(path || null),
  );
  const element = h(
    "div",
    { class: "panel-parts" },
    h(
      "section",
      {},
      h("h3", {}, t("My experiment")),
      h(
        "p",
        { class: "quiet" },
        t("Its points and settings become everyone's task; each trains a network of their own."),
      ),
      h("div", { class: "row" }, own, push),
      h("label", { class: "tick-line" }, afresh, t("Begin anew from the start")),
    ),
    preset.element,
    page.element,
  );
  return {
    element,
    /** @param {import("../../../core/rooms/types.js").Room} room */
    show: ({ task }) => page.show(task.page ?? ""),
  };
}

/** @param {{name: string, title: string, section: string}[]} presets */
function groupedOptions(presets) {
  const sections = [...new Set(presets.map(({ section }) => section))];
  return sections.map((section) => {
    const own = presets.filter((preset) => preset.section === section);
    return h("optgroup", { label: section }, ...own.map(({ name, title }) => h("option", { value: name }, title)));
  });
}

/** A menu and what is done with its choice. @param {string} label @param {HTMLElement[]} options @param {string} verb @param {(value: string) => void} onChoose */
function createChoice(label, options, verb, onChoose) {
  const select = h("select", { class: "select", "aria-label": label }, ...options);
  const button = h(
    "button",
    { type: "button", class: "button small", on: { click: () => onChoose(select.value) } },
    verb,
  );
  let shown = select.value;
  return {
    element: h("section", {}, h("h3", {}, label), h("div", { class: "row" }, select, button)),
    /** @param {string} value as the room has it; what is being chosen here stays */
    show(value) {
      if (value !== shown) select.value = value;
      shown = value;
    },
  };
}
