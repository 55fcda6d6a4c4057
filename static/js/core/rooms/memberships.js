// The rooms that this browser has a way back to, as they are kept: the own rooms of a teacher, and those one has joined. Newest first.

/** @typedef {{code: string, id: string, title: string, name: string, time_ms: number, session?: string}} Membership name: the nickname, "" of a teacher; session: the teacher's own experiment */

const MOST = 20;

/** @param {string|null} text as it was kept @returns {Membership[]} */
export function membershipsIn(text) {
  try {
    const found = JSON.parse(text ?? "[]");
    return Array.isArray(found)
      ? found.filter((one) => typeof one?.id === "string" && typeof one?.code === "string")
      : [];
  } catch {
    return [];
  }
}

/** The list with one more at its head, once; a new link to the same room as the same person takes the place of the old one. @param {Membership[]} list @param {Membership} newest */
export function withMembership(list, newest) {
  const isOther = (/** @type {Membership} */ { id, code, name }) =>
    id !== newest.id && !(code === newest.code && name === newest.name);
  return [newest, ...list.filter(isOther)].slice(0, MOST);
}

/** @param {Membership[]} list @param {string} id */
export const withoutMembership = (list, id) => list.filter((one) => one.id !== id);
