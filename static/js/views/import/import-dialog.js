// The dialog between a table and the plane: what was understood, what is not certain, the first rows. It changes nothing
// by itself. Fetched with the first table.

import { formatCount } from "../../core/format.js";
import { t, tn } from "../../core/messages.js";
import { isUsable } from "../../core/table-choices.js";
import { h } from "../dom.js";
import { classMark } from "../plane/class-mark.js";
import { columnMenus, dialectMenus, partName } from "./import-menus.js";
import { previewTable } from "./preview-table.js";

/** @typedef {import("../../core/table-choices.js").Preview} Preview */

/** Rows that are no points are told one by one up to here. */
const MOST_PROBLEMS = 5;

/**
 * @param {{onChoice: (name: string, value: string|number|boolean) => void, onUse: () => void}} options
 */
export function createImportDialog({ onChoice, onUse }) {
  const title = h("h2", { id: "import-title" });
  const problem = h("p", { class: "import-problem", role: "alert" });
  const body = h("div", { class: "import-body" });
  const cancel = h("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, t("Cancel"));
  const use = h("button", { type: "button", class: "button primary", on: { click: onUse } }, t("Use these points"));
  const foot = h("div", { class: "import-foot" }, cancel, use);
  const dialog = h(
    "dialog",
    { id: "import-dialog", class: "gallery import", "aria-labelledby": "import-title" },
    title,
    problem,
    body,
    foot,
  );
  document.body.append(dialog);

  return {
    /** @param {string} name of the file */
    open(name) {
      title.textContent = name ? t("Points from {name}", { name }) : t("Points from the clipboard");
      body.replaceChildren(h("p", { class: "quiet" }, t("Reading …")));
      problem.hidden = use.disabled = true;
      if (!dialog.open) dialog.showModal();
    },
    /** @param {Preview} preview @param {string} task */
    show(preview, task) {
      const focused = focusedIndex(dialog);
      const isOpen = dialog.querySelector("details")?.open || isDialectAsked(preview);
      problem.hidden = true;
      use.disabled = !isUsable(preview);
      body.replaceChildren(
        summary(preview, onChoice),
        openQuestions(preview),
        h("div", { class: "import-menus" }, ...columnMenus(preview, task, onChoice)),
        previewTable(preview, partName),
        h(
          "details",
          { class: "import-dialect", open: isOpen },
          h("summary", {}, t("How the table is written")),
          h("div", { class: "import-menus" }, ...dialectMenus(preview, onChoice)),
        ),
      );
      focusAgain(dialog, focused);
    },
    /** What could not be read, or not be done. @param {string} message */
    fail(message) {
      if (body.firstElementChild?.matches(".quiet")) body.replaceChildren();
      problem.textContent = message;
      problem.hidden = false;
      use.disabled = true;
    },
    close: () => dialog.close(),
  };
}

/**
 * How many points there are, of which classes.
 * @param {Preview} preview
 * @param {(name: string, value: string|number|boolean) => void} onChoice
 */
function summary({ num_rows, num_usable, num_taken, classes, seed, proposals }, onChoice) {
  const counts = [tn("1 point", "{count} points", num_taken, { count: formatCount(num_taken) })];
  if (num_usable < num_rows) {
    const left = num_rows - num_usable;
    counts.push(tn("1 row is left out", "{count} rows are left out", left, { count: formatCount(left) }));
  }
  const marks = classes.map(({ label, name, text, points }) =>
    h("span", { class: "legend-class" }, classMark(label), `${name || text} (${formatCount(points)})`),
  );
  /** @type {HTMLElement[]} */
  const parts = [h("p", { class: "import-count" }, counts.join(", "))];
  if (num_taken < num_usable) {
    const another = h(
      "button",
      { type: "button", class: "button small", on: { click: () => onChoice("seed", seed + 1) } },
      t("Another sample"),
    );
    const text = t("A sample of {all} rows, with equally many of each class where possible.", {
      all: formatCount(num_usable),
    });
    parts.push(h("p", { class: "import-sample" }, text, another));
  }
  if (marks.length) parts.push(h("p", { class: "import-classes" }, ...marks));
  parts.push(scalingBox(proposals.scaling, onChoice));
  return h("div", { class: "import-summary" }, ...parts);
}

/**
 * @param {string} scaling as proposed, or chosen
 * @param {(name: string, value: string) => void} onChoice
 */
function scalingBox(scaling, onChoice) {
  const box = h("input", {
    type: "checkbox",
    on: { change: () => onChoice("scaling", box.checked ? "standard" : "none") },
  });
  box.checked = scaling !== "none";
  return h("label", { class: "check" }, box, t("Scale inputs, as training wants them near 1"));
}

/** What is not certain, and the rows that are no points. @param {Preview} preview */
function openQuestions({ questions, problems, num_rows, num_usable }) {
  const asked = questions.filter(({ choice }) => choice !== "unusable" && choice !== "rows");
  const lines = problems.slice(0, MOST_PROBLEMS).map(({ message }) => h("li", {}, message));
  const more = num_rows - num_usable - lines.length;
  if (lines.length && more > 0) lines.push(h("li", {}, t("… ({count} more)", { count: formatCount(more) })));
  return h(
    "div",
    { class: "import-notes" },
    ...(asked.length
      ? [h("ul", { class: "import-questions" }, ...asked.map(({ message }) => h("li", {}, message)))]
      : []),
    ...(lines.length ? [h("ul", { class: "import-problems quiet" }, ...lines)] : []),
  );
}

/** @param {Preview} preview */
const isDialectAsked = ({ questions }) =>
  questions.some(({ choice }) => ["separator", "decimal", "header", "encoding", "sheet"].includes(choice));

/** Which menu has the focus: it is another element after each choice. @param {HTMLElement} dialog */
const focusedIndex = (dialog) =>
  [...dialog.querySelectorAll("select, input")].findIndex((one) => one === document.activeElement);

/** @param {HTMLElement} dialog @param {number} index */
function focusAgain(dialog, index) {
  const control = dialog.querySelectorAll("select, input")[index];
  if (control instanceof HTMLElement) control.focus();
}
