// The page behind a permanent link: makes the experiment that the address describes, trains it to the step, goes there.

import { PREFIX } from "../core/prefix.js";
import { createSession, postCommand } from "../api/endpoints.js";
import { t } from "../core/messages.js";
import { byId } from "../views/dom.js";

const MOST_STEPS = 10_000; // of one request

/** @param {string} words */
const say = (words) => void (byId("opening").textContent = words);

/** @param {URLSearchParams} query */
async function open(query) {
  const document = JSON.parse(query.get("document") ?? "{}");
  const session = await createSession(document, say);
  const id = String(session.id);
  for (let left = Number(query.get("step") ?? 0); left > 0; left -= MOST_STEPS) {
    await postCommand(id, "step", { steps: Math.min(left, MOST_STEPS) });
  }
  location.replace(addressOf(id, query));
}

/** Where the experiment is shown, with what the link hides, shows and locks. @param {string} id @param {URLSearchParams} query */
function addressOf(id, query) {
  const rules = new URLSearchParams([...query].filter(([name]) => name !== "document" && name !== "step"));
  const page = location.pathname.startsWith(`${PREFIX}/embed/`) ? "embed" : "s";
  return `${PREFIX}/${page}/${id}${rules.size ? `?${rules}` : ""}`;
}

open(new URLSearchParams(location.search)).catch((problem) => {
  say(problem instanceof SyntaxError ? t("This link is not complete.") : problem.message);
});
