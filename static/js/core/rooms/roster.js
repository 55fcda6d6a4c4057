// The students of a room in an order and a choice that the teacher asks for. Pure.

import { t } from "../messages.js";

/** @typedef {import("./types.js").Member} Member */

/** What a student's experiment is doing, as it stands on a card. @type {Record<import("./types.js").MemberState, string>} */
export const STATES = {
  training: t("training"),
  paused: t("paused"),
  stuck: t("stuck"),
  diverged: t("diverged"),
  finished: t("finished"),
  idle: t("not begun"),
  away: t("away"),
};

/** First those that a teacher should look at. @type {Record<string, number>} */
const URGENCY = { diverged: 0, stuck: 1, idle: 2, paused: 3, training: 4, finished: 5, away: 6 };

/** @param {number|null|undefined} value */
const orLeast = (value) => value ?? -1;

/**
 * The orders there are; whoever is equal in one of them stands in the order of joining.
 * @type {{name: string, label: string, compare: (a: Member, b: Member) => number}[]}
 */
export const ORDERS = [
  { name: "joined", label: t("Order of joining"), compare: () => 0 },
  { name: "name", label: t("Name"), compare: (a, b) => a.nickname.localeCompare(b.nickname) },
  { name: "hand", label: t("Raised hands first"), compare: byHand },
  { name: "state", label: t("Who needs help first"), compare: (a, b) => URGENCY[a.state] - URGENCY[b.state] },
  {
    name: "test",
    label: t("Test accuracy, best first"),
    compare: (a, b) => orLeast(b.held_out_accuracy) - orLeast(a.held_out_accuracy),
  },
  {
    name: "training",
    label: t("Training accuracy, best first"),
    compare: (a, b) => orLeast(b.train_accuracy) - orLeast(a.train_accuracy),
  },
  { name: "step", label: t("Steps, most first"), compare: (a, b) => orLeast(b.step) - orLeast(a.step) },
];

/** @param {Member} a @param {Member} b */
function byHand(a, b) {
  if (a.is_raised !== b.is_raised) return a.is_raised ? -1 : 1;
  return (a.raised_at_s ?? 0) - (b.raised_at_s ?? 0);
}

/** The filters there are beside the states. */
export const EVERYONE = "everyone";
export const HANDS = "hands";

/** @param {Member} member @param {string} filter everyone, hands or a state */
const passes = (member, filter) =>
  filter === EVERYONE || (filter === HANDS ? member.is_raised : member.state === filter);

/**
 * @param {Member[]} members
 * @param {{order: string, filter: string, search: string}} wish
 * @returns {Member[]}
 */
export function arranged(members, { order, filter, search }) {
  const compare = ORDERS.find(({ name }) => name === order)?.compare ?? (() => 0);
  const wanted = search.trim().toLocaleLowerCase();
  return members
    .filter((member) => passes(member, filter) && member.nickname.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => compare(a, b) || a.number - b.number);
}

/** How many there are of each filter that somebody passes. @param {Member[]} members @returns {Map<string, number>} */
export function counts(members) {
  const all = [EVERYONE, HANDS, ...Object.keys(STATES)];
  const counted = all.map(
    (name) => /** @type {[string, number]} */ ([name, members.filter((one) => passes(one, name)).length]),
  );
  return new Map(counted.filter(([name, count]) => name === EVERYONE || count > 0));
}
