// Which experiment a page shows: the one its address names, or a new one. Knows addresses and requests, no views.

import { createSession, forkSession, getHistory, getSession, postCommand } from "../api/endpoints.js";
import { PREFIX, withoutPrefix } from "../core/prefix.js";
import { emptySeries, seriesOf } from "../core/series.js";
import { firstExample } from "./first-example.js";

/** The session id in an address such as /s/e1f0... or /embed/e1f0..., null on the front page. @param {string} pathname */
function sessionIdOf(pathname) {
  return /^\/(?:s|embed)\/([^/]+)\/?$/.exec(withoutPrefix(pathname))?.[1] ?? null;
}

/** The id in an address such as /copy/v2b7..., which asks for a copy of one's own; null in others. @param {string} pathname */
export const copyIdOf = (pathname) => /^(?:\/embed)?\/copy\/([^/]+)\/?$/.exec(withoutPrefix(pathname))?.[1] ?? null;

/** The id of a student in an address such as /r/mKQXTAB..., null on other pages. @param {string} pathname */
export const memberIdOf = (pathname) => /^\/r\/([^/]+)\/?$/.exec(withoutPrefix(pathname))?.[1] ?? null;

/** Is this the page for a frame in course notes? @param {string} [pathname] */
export const isEmbedded = (pathname = location.pathname) => /^\/embed(\/|$)/.test(withoutPrefix(pathname));

/** @param {string} id @param {string[]} [others] ids of experiments beside it */
export const addressOf = (id, others = []) => `${PREFIX}/s/${id}${others.length ? `?with=${others.join()}` : ""}`;

/** The ids of those beside it in an address such as /s/e1f0...?with=e2a4...,e3b8... @param {string} search */
export const otherIdsOf = (search) => (new URLSearchParams(search).get("with") ?? "").split(",").filter(Boolean);

/** The address of another experiment on a page of the same kind, with the same parts hidden and locked. @param {string} id */
export const addressHere = (id) => (isEmbedded() ? `${PREFIX}/embed/${id}` : addressOf(id)) + rulesIn(location.search);

/** The same for experiments side by side. @param {string[]} ids */
export const comparisonHere = ([id, ...others]) =>
  others.length ? `${addressOf(id, others)}${rulesIn(location.search).replace("?", "&")}` : addressHere(id);

/** What an address hides and locks, to go along to another one. @param {string} search */
function rulesIn(search) {
  const query = new URLSearchParams(search);
  for (const name of ["with", "preset", "compare"]) query.delete(name);
  return query.size ? `?${query}` : "";
}

/**
 * @typedef {{session: import("../core/types.js").SessionReply, series: import("../core/series.js").Series,
 *   isNew: boolean}} Opened
 */

/** @typedef {import("../api/endpoints.js").OnWait} OnWait */

/** @param {string} pathname @param {OnWait} onWait @returns {Promise<Opened>} */
export async function openSession(pathname, onWait) {
  const id = (await copied(copyIdOf(pathname), onWait)) ?? sessionIdOf(pathname);
  if (!id) return { session: await createFirst(onWait), series: emptySeries(), isNew: true };
  const [session, columns] = await Promise.all([getSession(id), getHistory(id)]);
  return { session, series: seriesOf(columns), isNew: false };
}

/** The id of a copy, whose address takes the place of the one that asked for it. @param {string|null} id @param {OnWait} onWait */
async function copied(id, onWait) {
  if (!id) return null;
  const copy = await forkSession(id, onWait);
  history.replaceState(null, "", addressHere(String(copy.id)));
  return String(copy.id);
}

/** A new experiment, filled and running; its address takes the place of the front page's. @param {OnWait} onWait */
async function createFirst(onWait) {
  const created = await createSession(firstExample(), onWait);
  const id = created.id ?? created.view_id;
  history.replaceState(null, "", addressHere(id));
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return created;
  const { snapshot } = await postCommand(id, "run");
  return { ...created, snapshot };
}
