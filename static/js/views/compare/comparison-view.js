// A and B side by side: what each has reached over its plane, whose settings the panels show, what differs between them,
// and both losses in one chart. Tells the person's choices to its callbacks.

import { SIDES, differences } from "../../core/comparison.js";
import { formatCount, formatLoss, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { createPairChart } from "./pair-chart.js";
import { h, setText } from "../dom.js";
import { helpButton } from "../help/help.js";

/** @typedef {import("../../core/comparison.js").Side} Side */
/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/**
 * @typedef {{document: LabDocument, snapshot: import("../../core/types.js").Snapshot,
 *   series: import("../../core/series.js").Series}} SideState
 */

/** The letter of a side, as on screen. @param {Side} side */
const letter = (side) => side.toUpperCase();

/**
 * @param {HTMLElement} bar over the planes
 * @param {HTMLElement} chartPlace
 * @param {Record<Side, HTMLElement>} captions one over each plane
 * @param {{fields: Record<string, import("../../core/types.js").FieldSpec>, onChoose: (side: Side) => void, onKeep: (side: Side) => void}} options
 */
export function createComparisonView(bar, chartPlace, captions, { fields, onChoose, onKeep }) {
  const choices = SIDES.map((side) => option(side, onChoose));
  const list = h("ul", { class: "differences" });
  const hint = h(
    "p",
    { class: "quiet" },
    t("A and B have the same settings. Change one of them here, then press Run."),
  );
  bar.append(
    h(
      "div",
      { class: "settings-of", role: "radiogroup", "aria-label": t("Settings of") },
      h("span", { class: "quiet" }, t("Settings of")),
      ...choices.map(({ element }) => element),
      helpButton({ label: t("Compare"), about: "comparison" }),
    ),
    h("div", { class: "differing", role: "status" }, list, hint),
    h("div", { class: "keep" }, networkButton(), ...SIDES.map((side) => keepButton(side, onKeep))),
  );
  const figures = { a: caption(captions.a, "a"), b: caption(captions.b, "b") };
  const chart = createPairChart(chartPlace);
  let told = "";

  /** @param {LabDocument} a @param {LabDocument} b */
  const showDifferences = (a, b) => {
    const found = differences(a, b, fields);
    const text = JSON.stringify(found);
    if (text === told) return;
    told = text;
    hint.hidden = found.length > 0;
    list.replaceChildren(
      ...found.map(({ name, a: ours, b: theirs }) =>
        h("li", {}, `${name}: `, badge("a"), ` ${ours} `, badge("b"), ` ${theirs}`),
      ),
    );
  };

  return {
    /** @param {Side} chosen @param {Record<Side, SideState>} states @param {import("../header/theme.js").Colours} colours */
    show(chosen, states, colours) {
      for (const { side, input } of choices) input.checked = side === chosen;
      for (const side of SIDES) figures[side](states[side].snapshot, side === chosen);
      showDifferences(states.a.document, states.b.document);
      chart.show(states.a.series, states.b.series, colours);
    },
  };
}

/** @param {Side} side */
function badge(side) {
  return h("span", { class: `badge ${side}` }, letter(side));
}

/** @param {Side} side @param {(side: Side) => void} onChoose */
function option(side, onChoose) {
  const input = h("input", { type: "radio", name: "side", value: side, on: { change: () => onChoose(side) } });
  return { side, input, element: h("label", { class: "segment" }, input, h("span", {}, letter(side))) };
}

/** Shows the network of the chosen one in the rail's place. */
function networkButton() {
  const button = h("button", { type: "button", class: "button", "aria-pressed": "false" }, t("Network"));
  button.addEventListener("click", () => {
    const isOn = document.body.classList.toggle("shows-network");
    button.setAttribute("aria-pressed", String(isOn));
  });
  return button;
}

/** @param {Side} side @param {(side: Side) => void} onKeep */
function keepButton(side, onKeep) {
  const title = t("End the comparison and go on with {letter} alone", { letter: letter(side) });
  return h(
    "button",
    { type: "button", class: "button", title, on: { click: () => onKeep(side) } },
    t("Keep {letter}", { letter: letter(side) }),
  );
}

/**
 * What one has reached, in a line.
 * @param {HTMLElement} element
 * @param {Side} side
 */
function caption(element, side) {
  const words = h("span", { class: "side-figures" });
  element.append(badge(side), words);
  return (/** @type {import("../../core/types.js").Snapshot} */ snapshot, /** @type {boolean} */ isChosen) => {
    const { state, step, loss, accuracy, test_accuracy: test } = snapshot;
    element.classList.toggle("is-chosen", isChosen);
    const parts = [
      t("step {step}", { step: formatCount(step) }),
      t("loss {loss}", { loss: formatLoss(loss) }),
      ...(accuracy === null || accuracy === undefined
        ? []
        : [t("accuracy {share}", { share: formatPercent(accuracy) })]),
      ...(test === null || test === undefined ? [] : [t("test {share}", { share: formatPercent(test) })]),
      ...(state === "diverged" ? [t("diverged")] : []),
    ];
    setText(words, parts.join(" · "));
  };
}
