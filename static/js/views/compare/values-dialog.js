// The dialog that proposes the values at which a setting is compared: boxes for numbers, a list to tick for menus. Changes nothing
// by itself. Fetched when it is opened first.

import { MOST_VALUES } from "../../core/compare-values.js";
import { formatField } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { typedValue } from "../../core/typed-number.js";
import { h, setText } from "../dom.js";
import { allowedInWords } from "../help/help-content.js";

/** @typedef {import("../../core/types.js").FieldSpec} FieldSpec */
/** What the person wants to compare: undefined stands for what is no value. @typedef {{element: HTMLElement, values: () => unknown[]}} Boxes */

/** @param {{onCompare: (values: unknown[], onWait: (words: string) => void) => Promise<void>}} options */
export function createValuesDialog({ onCompare }) {
  const title = h("h2", { id: "values-title" });
  const problem = h("p", { class: "import-problem", role: "alert", hidden: true });
  const place = h("div", {});
  const cancel = h("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, t("Cancel"));
  const go = h("button", { type: "submit", class: "button primary" }, t("Train side by side"));
  const about = t(
    "Each value gets an experiment of its own, from the start: same points, same seed, one Run for all. This one stays as it is.",
  );
  const form = h(
    "form",
    { method: "dialog" },
    title,
    h("p", { class: "quiet" }, about),
    place,
    problem,
    h("div", { class: "import-foot" }, cancel, go),
  );
  const dialog = h("dialog", { class: "gallery values-dialog", "aria-labelledby": "values-title" }, form);
  document.body.append(dialog);
  /** @type {Boxes} */
  let boxes;
  /** @type {FieldSpec} */
  let spec;

  const tell = (/** @type {string} */ text) => {
    problem.hidden = !text;
    setText(problem, text);
  };
  const compare = async () => {
    const values = boxes.values();
    tell(problemOf(values, spec));
    if (!problem.hidden) return;
    go.disabled = true;
    await onCompare(values, tell).catch((refused) => tell(refused.message));
    go.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    compare();
  });

  return {
    /** @param {FieldSpec} field @param {unknown[]} proposed */
    open(field, proposed) {
      spec = field;
      setText(title, t("Compare values of {label}", { label: spec.label }));
      boxes = spec.choices || spec.type === "boolean" ? tickBoxes(spec, proposed) : numberBoxes(spec, proposed);
      place.replaceChildren(boxes.element);
      tell("");
      dialog.showModal();
    },
  };
}

/** What is wrong with the values, empty when nothing is. @param {unknown[]} values @param {FieldSpec} spec */
function problemOf(values, spec) {
  if (values.includes(undefined)) return t("One of these is no value. {allowed}", { allowed: allowedInWords(spec) });
  if (new Set(values).size < values.length) return t("Two of these values are the same.");
  if (values.length < 2 || values.length > MOST_VALUES) return t("Choose 2 to {most} values.", { most: MOST_VALUES });
  return "";
}

/** @param {FieldSpec} spec @param {unknown[]} proposed @returns {Boxes} */
function numberBoxes(spec, proposed) {
  const boxes = Array.from({ length: MOST_VALUES }, (_, index) =>
    h("input", {
      class: "value-box",
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      "aria-label": t("Value {number}", { number: index + 1 }),
      value: index < proposed.length ? formatField(/** @type {number|null} */ (proposed[index]), spec) : "",
    }),
  );
  return {
    element: h("div", { class: "values-row" }, ...boxes),
    values: () => boxes.filter(({ value }) => value.trim()).map(({ value }) => typedValue(value, spec)),
  };
}

/** @param {FieldSpec} spec @param {unknown[]} proposed @returns {Boxes} */
function tickBoxes(spec, proposed) {
  const choices = (spec.choices ?? []).map(({ name, label }) => ({ value: /** @type {unknown} */ (name), label }));
  const all =
    spec.type === "boolean"
      ? [
          { value: false, label: t("off") },
          { value: true, label: t("on") },
        ]
      : choices;
  const boxes = all.map(({ value, label }) => {
    const box = h("input", { type: "checkbox", checked: proposed.includes(value) });
    return { value, box, element: h("label", { class: "value-tick" }, box, label) };
  });
  return {
    element: h("div", { class: "values-ticks", role: "group" }, ...boxes.map(({ element }) => element)),
    values: () => boxes.filter(({ box }) => box.checked).map(({ value }) => value),
  };
}
