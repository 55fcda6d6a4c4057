// Skip connections: those there are, each with a button that removes it, and a menu of those there could be. Fetched when
// the person opens it.

import { t } from "../../core/messages.js";
import { possibleSkips, skipName } from "../../core/skips.js";
import { h } from "../dom.js";
import { helpButton } from "../help/help.js";

/**
 * @param {HTMLElement} element
 * @param {import("../../core/types.js").FieldSpec} spec
 * @param {{onInput: (skips: import("../../core/skips.js").Skips) => void}} options
 */
export function createSkipsField(element, spec, { onInput }) {
  const list = h("ul", { class: "skips" });
  const menu = h("select", { class: "select", "aria-label": t("New skip connection") });
  const add = h("button", { type: "button", class: "button small" }, t("Add"));
  const row = h("div", { class: "row" }, menu, add, helpButton(spec));
  const none = h("p", { class: "quiet" }, t("There is no layer to skip; add a hidden layer."));
  element.append(list, row, none);
  /** @type {import("../../core/skips.js").Skips} */
  let shown = [];
  let key = "";

  add.addEventListener("click", () => onInput([...shown, JSON.parse(menu.value)]));

  /** @param {number[]} skip @param {number} hidden */
  const item = (skip, hidden) => {
    const name = skipName(skip, hidden);
    const remove = h(
      "button",
      { type: "button", class: "button icon quiet", "aria-label": t("Remove {name}", { name }) },
      "×",
    );
    remove.addEventListener("click", () => onInput(shown.filter((other) => other !== skip)));
    return h("li", {}, name, remove);
  };

  return {
    /** @param {import("../../core/skips.js").Skips} skips @param {number} hidden how many hidden layers there are */
    show(skips, hidden) {
      const now = JSON.stringify([skips, hidden]);
      if (now === key) return;
      key = now;
      shown = skips;
      list.replaceChildren(...skips.map((skip) => item(skip, hidden)));
      const possible = possibleSkips(skips, hidden);
      menu.replaceChildren(
        ...possible.map((skip) => h("option", { value: JSON.stringify(skip) }, skipName(skip, hidden))),
      );
      row.hidden = !possible.length;
      none.hidden = hidden > 0;
    },
  };
}
