// What a teacher does to the room, each as one function: requests to the server, and words where one fails.

import {
  deleteMember,
  deleteOfRoom,
  getChallenges,
  patchMember,
  patchRoom,
  postToRoom,
} from "../../api/room-endpoints.js";
import { createSession } from "../../api/endpoints.js";
import { PREFIX } from "../../core/prefix.js";
import { t } from "../../core/messages.js";
import { copyText } from "../../views/clipboard.js";
import { addressOf } from "../open-session.js";
import { wallAddress } from "./addresses.js";
import { experimentIn, forget, remember, TAUGHT } from "./memberships.js";
import { patchOfPreset } from "./presets.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */
/**
 * @typedef {{id: () => string, code: string, update: (room: Partial<Room>) => void,
 *   toasts: {show: (message: string, kind?: "problem"|"note") => void}}} Parts update: told of the room as a reply has it
 */
/**
 * @typedef {{attempt: (work: () => Promise<unknown>, done?: string) => Promise<void>, id: () => string, toasts: Parts["toasts"],
 *   experiment: () => Promise<string>}} Tools experiment: the id of the teacher's own
 */

/** @param {Parts} parts */
export function createConducting({ id, code, update, toasts }) {
  /** Do something, take over what the reply says of the room, and say what went wrong. @param {() => Promise<any>} work @param {string} [done] */
  const attempt = async (work, done = "") => {
    try {
      const reply = await work();
      if (reply?.actor) update(reply);
      if (done) toasts.show(done, "note");
    } catch (problem) {
      toasts.show(/** @type {Error} */ (problem).message);
    }
  };
  const tools = {
    attempt,
    id,
    toasts,
    experiment: () => ownExperiment(id(), code, (words) => toasts.show(words, "note")),
  };
  return { ...settings(tools), ...tasks(tools), ...questions(tools), ...members(tools), ...life(tools) };
}

/** The teacher's own experiment; a new one where this browser knows of none. @param {string} id the teacher's @param {string} code @param {import("../../api/endpoints.js").OnWait} onWait @returns {Promise<string>} */
async function ownExperiment(id, code, onWait) {
  const known = experimentIn(code);
  if (known) return known;
  const session = String((await createSession({}, onWait)).id);
  remember(TAUGHT, await patchRoom(id, { session }), session);
  return session;
}

/** What the room is set to. @param {Tools} tools */
function settings({ attempt, id, experiment }) {
  const patch = (/** @type {object} */ changes) => attempt(() => patchRoom(id(), changes));
  return {
    onTitle: (/** @type {string} */ title) => patch({ title }),
    onLocks: (/** @type {string[]} */ locks) => patch({ locks }),
    onFreeze: (/** @type {boolean} */ isFrozen) => patch({ is_frozen: isFrozen }),
    onWatch: (/** @type {boolean} */ isWatched) =>
      attempt(
        async () =>
          patchRoom(id(), isWatched ? { session: await experiment(), spotlight: "teacher" } : { spotlight: null }),
        isWatched ? t("Everyone watches your experiment; open it under Task.") : "",
      ),
    onSpotlight: (/** @type {number|null} */ spotlight) => patch({ spotlight }),
    onTimer: (/** @type {number|null} */ seconds) => patch({ timer_seconds: seconds }),
    onBoard: (/** @type {boolean} */ isShown) => patch({ has_leaderboard: isShown }),
    onPage: (/** @type {string|null} */ page) => patch({ page }),
  };
}

/** What everyone is given to do. @param {Tools} tools */
function tasks({ attempt, id, experiment }) {
  const done = t("Everyone has the new task.");
  return {
    onExperiment: () =>
      attempt(async () => {
        open(addressOf(await experiment()), "_blank", "noopener");
      }),
    onPush: (/** @type {boolean} */ isAfresh) =>
      attempt(async () => postToRoom(id(), "task", { session: await experiment(), reset: isAfresh }), done),
    onPreset: (/** @type {string} */ name) =>
      attempt(async () => postToRoom(id(), "task", { patch: await patchOfPreset(name), reset: true }), done),
  };
}

/** Polls and challenges. @param {Tools} tools */
function questions({ attempt, id }) {
  return {
    onPoll: (/** @type {object} */ poll) => attempt(() => postToRoom(id(), "poll", poll)),
    onPollEnd: () => attempt(() => deleteOfRoom(id(), "poll")),
    onChallenge: (/** @type {string} */ name) => attempt(() => postToRoom(id(), "challenge", { name })),
    onChallengeEnd: () => attempt(() => deleteOfRoom(id(), "challenge")),
    fetchChallenges: async () => (await getChallenges()).challenges,
  };
}

/** What is done for one student. @param {Tools} tools */
function members({ attempt, id }) {
  return {
    onChange: (/** @type {number} */ number, /** @type {object} */ patch) =>
      attempt(() => patchMember(id(), number, patch)),
    onRemove: (/** @type {number} */ number) => attempt(() => deleteMember(id(), number)),
  };
}

/** The room's link, its end and its deletion. @param {Tools} tools */
function life({ attempt, id, toasts }) {
  return {
    onCopyLink: () =>
      copyText(location.origin + wallAddress(id())).then(
        () => toasts.show(t("{what} copied", { what: t("Your link") }), "note"),
        ({ message }) => toasts.show(message),
      ),
    onNewLink: () =>
      attempt(async () => {
        const room = await postToRoom(id(), "keys");
        remember(TAUGHT, room);
        location.replace(wallAddress(room.id));
      }),
    onEnd: () => attempt(() => postToRoom(id(), "end")),
    onReopen: () => attempt(() => postToRoom(id(), "reopen")),
    onDelete: () =>
      attempt(async () => {
        await deleteOfRoom(id());
        forget(TAUGHT, id());
        location.assign(`${PREFIX}/rooms`);
      }),
  };
}
