// Arrow keys walk over a grid of cards, which is one stop of the Tab key.

import { stepInGrid } from "../../core/rooms/grid-steps.js";
import { listen } from "../dom.js";

/** @param {HTMLElement} grid its children are the cards */
export function listenToGridKeys(grid) {
  const cards = () => /** @type {HTMLElement[]} */ ([...grid.children]);
  const columns = () => getComputedStyle(grid).gridTemplateColumns.split(" ").length;

  /** @param {HTMLElement|undefined} chosen */
  const makeStop = (chosen) => {
    for (const card of cards()) card.tabIndex = card === chosen ? 0 : -1;
  };
  const end = listen(grid, {
    keydown(event) {
      const all = cards();
      const index = all.indexOf(event.target);
      const next = index < 0 ? null : stepInGrid(index, event.key, { count: all.length, columns: columns() });
      if (next === null) return;
      event.preventDefault();
      all[next].focus();
    },
    focusin: ({ target }) => makeStop(target),
  });
  return {
    /** There are other cards than before. */
    renew() {
      const all = cards();
      if (!all.some(({ tabIndex }) => tabIndex === 0)) makeStop(all[0]);
    },
    destroy: end,
  };
}
