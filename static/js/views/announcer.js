// Speaks to screen readers: a polite live region that changes at most every two seconds, the newest message wins.

import { throttleNewest } from "../core/pacing.js";
import { formatCount, formatLoss, formatPercent } from "../core/format.js";
import { t } from "../core/messages.js";
import { setText } from "./dom.js";

const INTERVAL_MS = 2000;

/** While training runs, its figures are told this often. */
const REPORT_MS = 15000;

const STATES = { paused: t("paused"), running: t("running"), diverged: t("diverged") };

/** @param {HTMLElement} element */
export function createAnnouncer(element) {
  const say = throttleNewest((/** @type {string} */ message) => setText(element, message), INTERVAL_MS);
  const sayWhy = async (/** @type {import("../core/types.js").Snapshot} */ snapshot) => {
    const { messageOf } = await import("../core/wording.js");
    say(messageOf(snapshot));
  };
  let lastState = "";
  let lastReport_ms = 0;
  return {
    say,
    /** Tell of a changed state at once and of progress now and then. @param {import("../core/types.js").Snapshot} snapshot */
    follow(snapshot) {
      const now_ms = performance.now();
      const changed = snapshot.state !== lastState;
      if (!changed && (snapshot.state !== "running" || now_ms - lastReport_ms < REPORT_MS)) return;
      lastState = snapshot.state;
      lastReport_ms = now_ms;
      if (snapshot.message_parts) sayWhy(snapshot);
      else say(progress(snapshot));
    },
  };
}

/** @param {import("../core/types.js").Snapshot} snapshot */
function progress({ state, step, loss, accuracy }) {
  return t("{state}, step {step}, loss {loss}, accuracy {accuracy}", {
    state: STATES[state],
    step: formatCount(step),
    loss: formatLoss(loss),
    accuracy: formatPercent(accuracy),
  });
}
