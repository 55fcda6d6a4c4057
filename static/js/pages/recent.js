// Remembers in this browser which experiments a person has changed, for the File menu.

import { recentOf, withRecent } from "../core/recent.js";
import { keep, recall } from "../views/keepsake.js";

const KEY = "nnlab-recent";

/** The experiments changed lately, newest first. */
export const recentExperiments = () => recentOf(recall(KEY));

/** Remembers each experiment of the state once it has been changed, and again under each new title. */
export function rememberChanged() {
  let known = "";
  return (/** @type {import("./playground.js").PageState} */ { editId, snapshot, document: { title } }) => {
    if (!editId || !snapshot.can_undo || known === editId + title) return;
    known = editId + title;
    keep(KEY, JSON.stringify(withRecent(recentExperiments(), { id: editId, title, time_ms: Date.now() })));
  };
}
