// The list of lessons: how much of each has been done in this browser.

import { doneIn } from "../core/lesson-goals.js";
import { tn } from "../core/messages.js";

const done = doneIn(localStorage);
for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-lesson]"))) {
  const count = done[String(place.dataset.lesson)]?.length ?? 0;
  if (count) place.textContent = tn("✓ 1 thing done", "✓ {count} things done", count);
}
