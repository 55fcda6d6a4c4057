// A row of buttons that is one stop of the Tab key; arrow keys walk along it, Home and End go to its ends.

import { afterFrame, latestPerFrame } from "../../core/pacing.js";

/** @param {HTMLElement} element with role "toolbar" */
export function createToolbar(element) {
  const usable = () =>
    [...element.querySelectorAll("button")].filter((button) => !button.disabled && button.checkVisibility());

  /** @param {HTMLElement|undefined} stop the button that Tab leads to */
  const settle = (stop) => {
    for (const button of element.querySelectorAll("button")) button.tabIndex = button === stop ? 0 : -1;
  };
  const mend = () => {
    const buttons = usable();
    settle(buttons.find((button) => button.tabIndex === 0) ?? buttons[0]);
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const buttons = usable();
    const at = buttons.findIndex((button) => button === event.target);
    const goals = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 };
    const goal = goals[/** @type {keyof typeof goals} */ (event.key)];
    if (goal === undefined || at < 0) return;
    event.preventDefault();
    const next = buttons[(goal + buttons.length) % buttons.length];
    settle(next);
    next.focus();
  };
  const onFocus = (/** @type {FocusEvent} */ { target }) => settle(/** @type {HTMLElement} */ (target));

  element.addEventListener("keydown", onKey);
  element.addEventListener("focusin", onFocus);
  const mendSoon = latestPerFrame(mend, afterFrame); // what can be seen is known then, without laying the page out for it
  const observer = new MutationObserver(() => mendSoon(undefined)); // a button that goes off is no stop any more
  observer.observe(element, { subtree: true, attributeFilter: ["disabled", "hidden"] });
  window.addEventListener("resize", mend);
  mend();
  return {
    destroy() {
      element.removeEventListener("keydown", onKey);
      element.removeEventListener("focusin", onFocus);
      window.removeEventListener("resize", mend);
      observer.disconnect();
    },
  };
}
