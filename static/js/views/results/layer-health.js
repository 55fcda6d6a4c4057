// The health of every layer: dead and saturated units, update : weight, gradient, each with its meaning; below them in plain
// words what to worry about and what to try. Alarms have a sign and a word, not colour alone.

import { healthOf } from "../../core/health.js";
import { t } from "../../core/messages.js";
import { inSentence } from "../../core/wording.js";
import { throttleNewest } from "../../core/pacing.js";
import { h, setText } from "../dom.js";
import { fieldName } from "../help/help.js";

/** Figures and advice change together, slowly enough to be read. */
const READ_MS = 500;

/** In the order of the findings. */
const COLUMNS = [
  { label: t("Dead units"), about: "dead" },
  { label: t("Saturated"), about: "saturated" },
  { label: t("Update : weight"), about: "update_ratio" },
  { label: t("Gradient"), about: "gradient" },
];

const SIGNS = { good: "✓", watch: "!", alarm: "⚠", none: "" };
const WORDS = { good: t("good"), watch: t("watch"), alarm: t("alarm"), none: "" };

/** @param {HTMLElement} element */
export function createLayerHealth(element) {
  const head = h(
    "tr",
    {},
    columnHead(t("Layer"), { label: t("Health of each layer"), about: "health" }),
    ...COLUMNS.map((column) => columnHead(column.label, column)),
  );
  const body = h("tbody");
  const advice = h("ul", { class: "advice" });
  element.append(
    h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "group", "aria-label": t("Health of each layer") },
      h("table", { class: "health" }, h("thead", {}, head), body),
    ),
    advice,
  );
  /** @type {ReturnType<typeof createRow>[]} */
  const rows = [];

  const show = (/** @type {ReturnType<typeof healthOf>} */ health) => {
    while (rows.length > health.length) rows.pop()?.element.remove();
    while (rows.length < health.length) {
      rows.push(createRow());
      body.append(rows[rows.length - 1].element);
    }
    health.forEach((layer, index) => rows[index].show(layer));
    fillAdvice(advice, health);
  };
  const showSoon = throttleNewest(show, READ_MS);

  return {
    /** @param {import("../../core/types.js").Snapshot} snapshot @param {import("../../core/types.js").LabDocument} document */
    show: ({ layers = [] }, document) => showSoon(healthOf(layers, document.network.hidden)),
    destroy: () => element.replaceChildren(),
  };
}

/** A column's name, which shows its help. @param {string} label @param {import("../help/help.js").Picture} topic */
const columnHead = (label, topic) =>
  h("th", { scope: "col" }, fieldName(h("span", { class: "field-label" }, label), topic));

function createRow() {
  const name = h("th", { scope: "row" });
  const cells = COLUMNS.map(() => {
    const [value, sign, word] = [
      h("span", { class: "number" }),
      h("span", { class: "sign", "aria-hidden": true }),
      h("span", { class: "hidden-text" }),
    ];
    return { value, sign, word, cell: h("td", {}, value, sign, word) };
  });
  return {
    element: h("tr", {}, name, ...cells.map(({ cell }) => cell)),
    /** @param {{name: string, findings: import("../../core/health.js").Finding[]}} health */
    show(health) {
      setText(name, health.name);
      health.findings.forEach(({ text, status }, index) => {
        const { value, sign, word, cell } = cells[index];
        setText(value, text);
        setText(sign, SIGNS[status]);
        setText(word, WORDS[status]);
        cell.className = status;
      });
    },
  };
}

/** @param {HTMLElement} list @param {ReturnType<typeof healthOf>} health */
function fillAdvice(list, health) {
  const isExplained = health.some(({ causes }) => causes.length);
  const worries = health.flatMap(({ name, findings, causes }) =>
    (isExplained ? causes : findings)
      .filter(({ status }) => status === "alarm" || status === "watch")
      .map((finding) => ({ ...finding, layer: name })),
  );
  const order = worries
    .filter(({ status }) => status === "alarm")
    .concat(worries.filter(({ status }) => status === "watch"));
  const key = order.map(({ layer, name, status }) => layer + name + status).join();
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(
    ...(order.length
      ? order.map(adviceItem)
      : [
          h(
            "li",
            { class: "good" },
            h("span", { class: "sign", "aria-hidden": true }, SIGNS.good),
            h("span", {}, t("Every layer is well.")),
          ),
        ]),
  );
}

/** @param {{layer: string, name: string, status: keyof typeof SIGNS, words: string}} finding */
function adviceItem({ layer, name, status, words }) {
  const what = h("strong", {}, `${layer}, ${inSentence(name)}${status === "alarm" ? ` (${WORDS.alarm})` : ""}: `);
  return h(
    "li",
    { class: status },
    h("span", { class: "sign", "aria-hidden": true }, SIGNS[status]),
    h("span", {}, what, words),
  );
}
