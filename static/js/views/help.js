// The "?" beside a control: a popover with the catalog's own words on the field, its range and its choices.

import { formatSetting } from "../core/format.js";
import { t } from "../core/messages.js";
import { h, uniqueId } from "./dom.js";

/** @typedef {import("../core/types.js").FieldSpec} FieldSpec */

const GAP_CSS = 6;
const MARGIN_CSS = 8;

/** @param {FieldSpec} spec */
export function helpButton(spec) {
  const id = uniqueId("help");
  const popover = h("div", {
    id,
    popover: "auto",
    tabindex: 0,
    class: "popover help",
    role: "dialog",
    "aria-label": t("About {label}", { label: spec.label }),
  });
  const button = h(
    "button",
    {
      type: "button",
      class: "help-button",
      popovertarget: id,
      "aria-label": t("About {label}", { label: spec.label }),
    },
    "?",
  );
  popover.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "open") return;
    popover.replaceChildren(...helpContent(spec));
    addFormula(popover, spec);
  });
  popover.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") placeBeside(popover, button);
  });
  return h("span", { class: "help-anchor" }, button, popover);
}

/** Put the field's formula, if it has one, below its help; formulas are fetched with the first help. @param {HTMLElement} popover @param {FieldSpec} spec */
async function addFormula(popover, spec) {
  const { formulaOf } = await import("./formulas.js");
  const formula = formulaOf(spec.path);
  if (formula) popover.querySelector("p")?.after(formula);
}

/** The range of a field in words, empty where there is none. @param {FieldSpec} spec */
export function rangeInWords(spec) {
  const low = spec.minimum ?? spec.exclusive_minimum;
  const high = spec.maximum ?? spec.exclusive_maximum;
  if (low === undefined || high === undefined) return "";
  const unit = spec.unit ? ` ${spec.unit}` : "";
  const values = { low: formatSetting(low), high: `${formatSetting(high)}${unit}` };
  return [boundsInWords(spec, values), ...defaultInWords(spec)].join(" ");
}

/** @param {FieldSpec} spec @param {{low: string, high: string}} values */
function boundsInWords({ exclusive_minimum, exclusive_maximum }, values) {
  if (exclusive_minimum !== undefined) return t("Above {low} to {high}.", values);
  return exclusive_maximum === undefined
    ? t("From {low} to {high}.", values)
    : t("From {low} to below {high}.", values);
}

/** @param {FieldSpec} spec */
function defaultInWords({ default: value }) {
  return typeof value === "number" ? [t("Default {value}.", { value: formatSetting(value) })] : [];
}

/** @param {FieldSpec} spec */
function helpContent(spec) {
  /** @type {Element[]} */
  const content = [h("h3", {}, spec.label), h("p", {}, spec.help)];
  const range = rangeInWords(spec);
  if (range) content.push(h("p", { class: "quiet" }, range));
  if (spec.live === false) content.push(h("p", { class: "quiet" }, t("A change starts training anew.")));
  if (spec.choices) content.push(choiceList(spec.choices));
  return content;
}

/** @param {import("../core/types.js").Choice[]} choices */
function choiceList(choices) {
  return h("dl", {}, ...choices.flatMap(({ label, help }) => [h("dt", {}, label), h("dd", {}, help)]));
}

/**
 * Put a popover under its button, inside the window.
 * @param {HTMLElement} popover
 * @param {HTMLElement} button
 */
export function placeBeside(popover, button) {
  const anchor = button.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN_CSS, anchor.left), window.innerWidth - width - MARGIN_CSS);
  const below = anchor.bottom + GAP_CSS;
  const fits = below + height + MARGIN_CSS <= window.innerHeight;
  const top = fits ? below : Math.max(MARGIN_CSS, anchor.top - height - GAP_CSS);
  popover.style.left = `${Math.max(MARGIN_CSS, left)}px`;
  popover.style.top = `${top}px`;
}
