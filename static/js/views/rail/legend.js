// What the marks on the plane and the lines on it and in the diagram mean, with the number of points of each kind.

import { formatCount } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { classMark } from "../plane/class-mark.js";

/** @param {HTMLElement} element */
export function createLegend(element) {
  const names = h("p", { class: "legend-names" });
  const points = [createEntry(false), createEntry(true)];
  const fitted = h("p", {}, line("fitted"), t("fitted curve"));
  element.append(
    names,
    ...points.map((entry) => entry.element),
    fitted,
    h("p", {}, line("positive"), t("weight > 0"), line("negative"), "< 0"),
  );
  return {
    /** @param {import("../../core/types.js").LabDocument} document */
    show({ points: all, classes, class_names, task }) {
      const isClasses = task === "classification";
      names.hidden = !isClasses || !class_names?.some(Boolean);
      if (!names.hidden) names.replaceChildren(...namedClasses(class_names.slice(0, classes)));
      const heldOut = all.filter((point) => point.held_out).length;
      points[0].show(t("{count} training", { count: formatCount(all.length - heldOut) }), isClasses);
      points[1].show(t("{count} test, kept out", { count: formatCount(heldOut) }), isClasses);
      fitted.hidden = task !== "curve_fitting";
    },
    destroy: () => element.replaceChildren(),
  };
}

/** The classes that have names of their own. @param {string[]} names */
const namedClasses = (names) =>
  names.flatMap((name, label) => (name ? [h("span", { class: "legend-class" }, classMark(label), name)] : []));

/** Points of one kind: marks of two classes or, where there are none, of a point. @param {boolean} isOpen as points are drawn that are kept out of training */
function createEntry(isOpen) {
  const words = h("span", {});
  const ofClasses = [mark(0, isOpen), mark(1, isOpen)];
  const neutral = mark(0, isOpen);
  neutral.classList.replace("class-0", "is-neutral");
  return {
    element: h("p", {}, ...ofClasses, neutral, words),
    /** @param {string} text @param {boolean} isClasses */
    show(text, isClasses) {
      setText(words, text);
      for (const one of ofClasses) one.classList.toggle("is-left-out", !isClasses);
      neutral.classList.toggle("is-left-out", isClasses);
    },
  };
}

/** @param {string} kind */
const line = (kind) => h("span", { class: `legend-line ${kind}`, "aria-hidden": true });

/** @param {number} label @param {boolean} isOpen */
function mark(label, isOpen) {
  const drawn = classMark(label);
  drawn.classList.toggle("is-open", isOpen);
  return drawn;
}
