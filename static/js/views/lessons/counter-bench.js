// A network drawn unit by unit, and its parameters counted layer by layer.  [CS231n nn-1 #layers]

import { networkName, parameterCount } from "../../core/architecture.js";
import { t } from "../../core/messages.js";
import { h } from "../dom.js";
import { createKnob } from "./knob.js";
import { svg } from "./svg.js";

const [WIDTH, HEIGHT] = [420, 200];
const MOST_UNITS = 6;

/** @param {HTMLElement} element */
export function createCounterBench(element) {
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot network-picture", role: "img" });
  const sums = h("div", { class: "count-lines", role: "status" });
  const knob = (/** @type {string} */ label, /** @type {number} */ low, /** @type {number} */ value) =>
    createKnob({ label, range: [low, MOST_UNITS], step: 1, value, digits: 0 }, () => show());
  const knobs = [
    knob(t("Inputs"), 1, 3),
    knob(t("Hidden 1"), 0, 4),
    knob(t("Hidden 2"), 0, 0),
    knob(t("Outputs"), 1, 2),
  ];

  const show = () => {
    const sizes = knobs.map(({ get }) => get()).filter((size, i) => size > 0 || i === 0);
    const matrices = sizes.slice(1).map((cols, i) => ({ rows: sizes[i], cols, pieces: 1 }));
    const count = parameterCount(matrices);
    picture.setAttribute("aria-label", networkName(matrices));
    picture.replaceChildren(...drawn(sizes));
    sums.replaceChildren(
      h("p", {}, h("strong", {}, networkName(matrices))),
      h("p", {}, sentence(t("Units"), sizes.slice(1).map(String), count.units)),
      h(
        "p",
        {},
        sentence(
          t("Weights"),
          matrices.map(({ rows, cols }) => `${rows}·${cols}`),
          count.weights,
        ),
      ),
      h("p", {}, sentence(t("Biases"), sizes.slice(1).map(String), count.biases)),
      h("p", {}, h("strong", {}, t("{count} parameters in all", { count: count.parameters }))),
    );
  };
  element.append(picture, h("div", { class: "knobs" }, ...knobs.map((each) => each.element), sums));
  show();
}

/** "Weights: 3·4 + 4·2 = 20" @param {string} name @param {string[]} parts @param {number} sum */
const sentence = (name, parts, sum) => `${name}: ${parts.length > 1 ? `${parts.join(" + ")} = ` : ""}${sum}`;

/** Links first, units over them. @param {number[]} sizes */
function drawn(sizes) {
  const places = sizes.map((size, layer) =>
    Array.from({ length: size }, (_, i) => ({
      x: 40 + (layer * (WIDTH - 80)) / (sizes.length - 1),
      y: HEIGHT / 2 + (i - (size - 1) / 2) * 30,
    })),
  );
  const links = places
    .slice(1)
    .flatMap((units, layer) =>
      units.flatMap((to) =>
        places[layer].map((from) => svg("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, class: "link" })),
      ),
    );
  const circles = places.flatMap((units, layer) =>
    units.map(({ x, y }) =>
      svg("circle", { cx: x, cy: y, r: 10, class: layer ? "drawn-unit" : "drawn-unit drawn-input" }),
    ),
  );
  return [...links, ...circles];
}
