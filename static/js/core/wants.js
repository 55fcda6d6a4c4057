// What of which experiments the page's one stream shall carry, as the query that asks for it (docs/api.md). Pure.

/**
 * What is wanted of an experiment's frames. `parts` separated by commas, "regions" unless said, "" for the figures alone;
 * `resolution` and `fps` are the document's unless said.
 * @typedef {{parts?: string, resolution?: number, fps?: number}} Want
 */

/** What the diagram shows of every frame. */
export const OF_DIAGRAM = "units,weights";

/** The one want that serves all of these, which are of one experiment. @param {Want[]} wants @returns {Want} */
export function mergedWant(wants) {
  const names = new Set(wants.flatMap(({ parts = "regions" }) => parts.split(",").filter(Boolean)));
  const [, ...warpsTooMany] = [...names].filter((name) => name.startsWith("warp")); // a frame has one
  warpsTooMany.forEach((name) => names.delete(name));
  const merged = { parts: [...names].sort().join(), resolution: 0, fps: 0 };
  for (const name of /** @type {const} */ (["resolution", "fps"])) {
    const values = wants.map((want) => want[name] ?? Infinity);
    merged[name] = Math.max(...values);
  }
  const { parts, resolution, fps } = merged;
  return { parts, ...(resolution < Infinity && { resolution }), ...(fps < Infinity && { fps }) };
}

/**
 * The stream's query: what most of them want is said once.
 * @param {Map<string, Want>} wants by view id
 */
export function streamQuery(wants) {
  const texts = new Map([...wants].map(([id, want]) => [id, ownText(want)]));
  const common = mostFrequent([...texts.values()]);
  const first = /** @type {Want} */ ([...wants].find(([id]) => texts.get(id) === common)?.[1]);
  const own = [...texts].filter(([, text]) => text !== common).map(([id, text]) => `&for=${id}${text}`);
  return `of=${[...wants.keys()].join()}${commonText(first)}${own.join("")}`;
}

/** The same sessions beside what another stream carries. @param {Map<string, Want>} wants by view id */
export const besideQuery = (wants) => [...wants].map(([id, want]) => `own=${id}${ownText(want)}`).join("&");

/** @param {Want} want */
const ownText = ({ parts = "regions", resolution, fps }) =>
  `;parts=${parts};resolution=${resolution ?? ""};fps=${fps ?? ""}`;

/** @param {Want} want */
const commonText = ({ parts = "regions", resolution, fps }) =>
  [
    parts === "regions" ? "" : `&parts=${parts}`,
    resolution === undefined ? "" : `&resolution=${resolution}`,
    fps === undefined ? "" : `&fps=${fps}`,
  ].join("");

/** @param {string[]} texts */
function mostFrequent(texts) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
