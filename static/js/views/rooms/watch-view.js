// Somebody else's experiment over the own page or on the projector: the plane, large, and its figures.

import { formatCount, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { createPlaneThumbnail } from "./plane-thumbnail.js";

/** @param {HTMLElement} element */
export function createWatchView(element) {
  const title = h("h2", {});
  const figures = h("p", { class: "watch-figures" });
  const thumbnail = createPlaneThumbnail({ isLarge: true });
  element.append(
    h("div", { class: "watch-words" }, title, figures),
    h("div", { class: "watch-plane" }, thumbnail.element),
  );
  const observer = new ResizeObserver(thumbnail.resize);
  observer.observe(element);
  return {
    /** @param {string|null} words whose it is; null hides it */
    show(words) {
      element.hidden = words === null;
      setText(title, words ?? "");
    },
    /** @param {import("./plane-thumbnail.js").Picture} picture @param {import("../../core/types.js").Snapshot|null} snapshot */
    showPicture(picture, snapshot) {
      thumbnail.show(picture);
      setText(figures, snapshot ? inWords(snapshot) : "");
    },
    destroy() {
      observer.disconnect();
      element.replaceChildren();
    },
  };
}

/** @param {import("../../core/types.js").Snapshot} snapshot */
const inWords = ({ step, accuracy, test_accuracy: test, num_parameters: parameters }) =>
  t("step {step} · training {training} · test {test} · {parameters} parameters", {
    step: formatCount(step),
    training: formatPercent(accuracy),
    test: formatPercent(test),
    parameters: formatCount(parameters),
  });
