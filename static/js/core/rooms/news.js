// What in a room is new to a student, so that it opens by itself and is said aloud. Pure.

import { t } from "../messages.js";

/** @typedef {import("./types.js").Room} Room */

/**
 * The room with what has come of it. A reply may arrive after an event that is newer: then it is out of date.
 * @param {Room} room @param {Partial<Room>} news @returns {Room}
 */
export const withNews = (room, news) =>
  (news.revision ?? room.revision) < room.revision ? room : { ...room, ...news };

/** What of the room makes a card, by the card's name; two texts that differ are news. @param {Room} room @returns {Record<string, string>} */
const subjects = ({ poll, challenge, member }) => ({
  hint: member?.hint ?? "",
  poll: poll ? JSON.stringify([poll.question, poll.options]) : "",
  challenge: challenge?.name ?? "",
});

/** The cards that should open: what they tell was not there before. @param {Room|null} before @param {Room} now */
export function newCards(before, now) {
  const old = before ? subjects(before) : {};
  return Object.entries(subjects(now)).flatMap(([name, text]) => (text && text !== old[name] ? [name] : []));
}

/** What is said, in the order of importance. @param {Room|null} before @param {Room} now @returns {string[]} */
export function newsInWords(before, now) {
  if (!before) return [];
  const turned = (/** @type {(room: Room) => unknown} */ of) => Boolean(of(now)) !== Boolean(of(before));
  const words = [];
  if (turned(({ state }) => state === "ended"))
    words.push(now.state === "ended" ? t("The room has ended.") : t("The room is open again."));
  if (turned(({ is_frozen: isFrozen }) => isFrozen))
    words.push(now.is_frozen ? t("Your teacher has paused everyone.") : t("You can go on."));
  if (now.task.number > before.task.number) words.push(t("A new task from your teacher."));
  if (now.task.page && now.task.page !== before.task.page) words.push(t("Your teacher shows you a page to read."));
  if (now.locks.join() !== before.locks.join())
    words.push(now.locks.length ? t("Some controls are locked now.") : t("All controls are unlocked."));
  return words;
}

/** Is everyone to watch the teacher? @param {Room} room */
export const isWatching = ({ spotlight }) => spotlight === "teacher";
