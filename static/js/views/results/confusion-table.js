// Confusion counts: true class by predicted class, on training and on test points. Counts in small slices between frames.

import { countConfusion, shareRight } from "../../core/confusion.js";
import { formatCount, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { classMark, className } from "../plane/class-mark.js";
import { h, setText } from "../dom.js";
import { watchOnScreen } from "../on-screen.js";

/** @typedef {import("../../core/types.js").LabDocument} LabDocument */
/** @typedef {import("../../core/types.js").LayerWeights} LayerWeights */

/** A new count begins at most this often; it works for a few milliseconds at a time. */
const EVERY_MS = 400;
const SLICE_MS = 4;
const REST_MS = 12;

/** @param {HTMLElement} element */
export function createConfusionTable(element) {
  const tables = { training: createTable(t("Training points")), test: createTable(t("Test points")) };
  element.append(tables.training.element, tables.test.element);
  /** @type {{document: LabDocument, weights: LayerWeights[]}|null} */
  let newest = null;
  /** @type {{document: LabDocument, weights: LayerWeights[]}|null} */
  let counted = null;
  let isBusy = false;

  const begin = () => {
    if (isBusy || !newest || isCounted(newest, counted) || !isOnScreen()) return;
    isBusy = true;
    counted = newest;
    const count = countConfusion(counted.document, counted.weights);
    const work = () => {
      if (!count.advance(SLICE_MS)) return setTimeout(work, REST_MS);
      tables.training.show(count.counts.training, newest?.document.class_names);
      tables.test.show(count.counts.test, newest?.document.class_names);
      return setTimeout(() => {
        isBusy = false;
        begin();
      }, EVERY_MS);
    };
    work();
  };
  const isOnScreen = watchOnScreen(element, begin);

  return {
    /** @param {LabDocument} document @param {LayerWeights[]} weights */
    show(document, weights) {
      if (newest && newest.weights === weights && newest.document === document) return;
      newest = { document, weights };
      begin();
    },
    destroy() {
      newest = null;
      isOnScreen.destroy();
      element.replaceChildren();
    },
  };
}

/**
 * Whether a count of the one would be that of the other.
 * @param {{document: LabDocument, weights: LayerWeights[]}} one
 * @param {{document: LabDocument, weights: LayerWeights[]}|null} other
 */
function isCounted(one, other) {
  return (
    one.weights === other?.weights &&
    one.document.points === other.document.points &&
    one.document.class_names === other.document.class_names
  );
}

/** @param {string} name */
function createTable(name) {
  const caption = h("caption", {});
  const head = h("thead");
  const body = h("tbody");
  const table = h("table", { class: "confusion" }, caption, head, body);
  /** @type {HTMLTableCellElement[][]} */
  let cells = [];

  let shown = "";

  /** @param {number} classes @param {string[]} [names] */
  const build = (classes, names) => {
    const heading = (/** @type {number} */ label, /** @type {string} */ scope) => {
      const name = h("span", { class: names?.[label] ? "class-name" : "hidden-text" }, className(label, names));
      return h("th", { scope, title: className(label, names) }, classMark(label), name);
    };
    const labels = Array.from({ length: classes }, (_, label) => label);
    cells = labels.map(() => labels.map(() => h("td", {})));
    head.replaceChildren(
      h(
        "tr",
        {},
        h("td", { class: "corner quiet" }, t("is ↓ taken for →")),
        ...labels.map((label) => heading(label, "col")),
      ),
    );
    body.replaceChildren(...cells.map((row, label) => h("tr", {}, heading(label, "row"), ...row)));
  };

  return {
    element: table,
    /** @param {number[][]} counts @param {string[]} [names] of the classes */
    show(counts, names) {
      const wanted = JSON.stringify([counts.length, names]);
      if (wanted !== shown) build(counts.length, names);
      shown = wanted;
      const share = shareRight(counts);
      setText(
        caption,
        share === null
          ? t("{name}: none", { name })
          : t("{name}: {share} right", { name, share: formatPercent(share) }),
      );
      counts.forEach((row, label) => {
        const all = row.reduce((sum, count) => sum + count, 0);
        row.forEach((count, found) => {
          setText(cells[label][found], formatCount(count));
          cells[label][found].className = label === found ? "right" : count ? "wrong" : "zero";
          cells[label][found].style.setProperty("--share", all ? (count / all).toFixed(2) : "0");
        });
      });
    },
  };
}
