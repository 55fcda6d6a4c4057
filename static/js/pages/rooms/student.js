// A student's part of the playground: the room's bar and cards over the own experiment, locks that say why, and the teacher's
// plane when everyone is to watch. Fetched on a student's page alone.

import { lockOn } from "../../core/rooms/locks.js";
import { isWatching, newCards, newsInWords, withNews } from "../../core/rooms/news.js";
import { t } from "../../core/messages.js";
import { getRoom, postToRoom } from "../../api/room-endpoints.js";
import { openRoomBeside } from "../../api/room-stream.js";
import { copyText } from "../../views/clipboard.js";
import { byId } from "../../views/dom.js";
import { createRoomCards, resultInWords } from "../../views/rooms/room-cards.js";
import { createStudentBar } from "../../views/rooms/student-bar.js";
import { createWatchView } from "../../views/rooms/watch-view.js";
import { pageAddress } from "./addresses.js";
import { createLockedControls } from "./locked-controls.js";
import { JOINED, remember } from "./memberships.js";
import { createWatched } from "./watched.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */
/** @typedef {{show: (message: string, kind?: "problem"|"note") => void}} Toasts */
/** @typedef {{toasts: Toasts, colours: () => import("../../views/header/theme.js").Colours, announce: (words: string) => void}} Page */

/** @param {string} id the student's */
export async function openStudentRoom(id) {
  let room = await getRoom(id);
  /** @type {(room: Room) => void} */
  let show = () => {};
  let redraw = () => {};
  remember(JOINED, room);
  const receive = (/** @type {Partial<Room>} */ news) => {
    room = withNews(room, news);
    show(room);
  };

  return {
    sessionId: room.member?.session.id ?? "",
    /** @param {Toasts} toasts */
    rules: (toasts) => ({
      /** May this change be made? If not, say why. @param {import("../../core/changes.js").Change} change */
      allows(change) {
        const words = refusal(room, change);
        if (words) toasts.show(words);
        return words === "";
      },
    }),
    /** The page is there: show the room on it. @param {Page} page */
    begin(page) {
      const watching = createWatching(page);
      redraw = watching.redraw;
      show = createRoomViews(page, createDoing({ id, toasts: page.toasts, receive }), watching);
      show(room);
      openRoomBeside(id, {
        onRoom: receive,
        onGone: () => receive({ state: "ended", locks: [], spotlight: null }),
      });
    },
    /** The page has other colours. */
    redraw: () => redraw(),
  };
}

/**
 * What a student does in the room.
 * @param {{id: string, toasts: Toasts, receive: (news: Partial<Room>) => void}} parts receive: told of the room as a reply has it
 */
function createDoing({ id, toasts, receive }) {
  /** @param {string} name @param {object} [body] */
  const post = async (name, body) => {
    try {
      const reply = await postToRoom(id, name, body);
      if (reply?.actor) receive(reply);
      return reply;
    } catch (problem) {
      toasts.show(/** @type {Error} */ (problem).message);
      return null;
    }
  };
  return {
    onHand: (/** @type {boolean} */ isRaised) => post("hand", { is_raised: isRaised }),
    onLink: () =>
      copyText(location.href).then(
        () => toasts.show(t("{what} copied", { what: t("My link") }), "note"),
        ({ message }) => toasts.show(message),
      ),
    onVote: (/** @type {number} */ option) => post("vote", { option }),
    async onSubmit() {
      const reply = await post("submit");
      if (!reply) return;
      receive(reply.room);
      const isBest = reply.at_s === reply.room.member?.result?.at_s; // which the card shows
      if (!isBest) toasts.show(resultInWords(reply), "note");
    },
  };
}

/** Why a change may not be made now, "" if it may. @param {Room} room @param {import("../../core/changes.js").Change} change */
function refusal({ is_frozen: isFrozen, locks }, change) {
  if (isFrozen) return t("Your teacher has paused everyone.");
  const lock = lockOn(locks, change);
  return lock ? t("Your teacher has locked: {name}.", { name: lock }) : "";
}

/** @param {Page} page @param {ReturnType<typeof createDoing>} doing @param {ReturnType<typeof createWatching>} watching @returns {(room: Room) => void} */
function createRoomViews(page, doing, watching) {
  /** @type {Room|null} */
  let last = null;
  const open = /** @type {Set<string>} */ (new Set());
  const redraw = () => last && draw(last);
  const close = (/** @type {string} */ name) => (open.delete(name), redraw());
  const toggle = (/** @type {string} */ name) => (open.has(name) ? close(name) : (openCard(open, name), redraw()));
  const bar = createStudentBar(byId("room-bar"), {
    onHand: doing.onHand,
    onCard: toggle,
    onTimeUp: () => page.announce(t("Time is up")),
    onLink: doing.onLink,
    pageUrlOf: pageAddress,
  });
  const cards = createRoomCards(byId("room-cards"), { ...doing, onClose: close });
  const locked = createLockedControls();

  /** @param {Room} room */
  const draw = (room) => {
    bar.show(room, open);
    cards.show(room, open);
    watching.show(room);
    locked.show(room);
  };
  return (room) => {
    const words = newsInWords(last, room);
    if (words.length) page.toasts.show(words.join(" "), "note");
    if (last && isWatching(last) !== isWatching(room)) {
      page.announce(watchWords(room));
      if (isPhone()) open.clear(); // they would lie over what everyone is to watch; a new one may still come
    }
    for (const name of newCards(last, room)) openCard(open, name);
    for (const name of open) if (!isThere(room, name)) open.delete(name);
    last = room;
    draw(room);
  };
}

const isPhone = () => matchMedia("(max-width: 699px)").matches;

/** A phone has room for one of them. @param {Set<string>} open @param {string} name */
function openCard(open, name) {
  if (isPhone()) open.clear();
  open.add(name);
}

/** @param {Room} room */
const watchWords = (room) => (isWatching(room) ? t("Watch your teacher") : t("Back to your own experiment"));

/** Is there still something to see in a card? @param {Room} room @param {string} name */
const isThere = ({ poll, challenge, member, leaderboard }, name) =>
  Boolean({ hint: member?.hint, poll, challenge, board: challenge && leaderboard }[name]);

/** The page's own parts, which rest while everyone is to watch. */
const lab = () => /** @type {HTMLElement} */ (document.querySelector(".lab"));

/** The teacher's experiment over the own one. @param {Page} page */
function createWatching({ colours }) {
  const view = createWatchView(byId("room-watch"));
  const watched = createWatched(({ document, regions, snapshot }) =>
    view.showPicture({ document, regions, colours: colours() }, snapshot),
  );
  return {
    /** @param {Room} room */
    show(room) {
      const isOn = isWatching(room);
      view.show(isOn ? t("Watch your teacher") : null);
      watched.show(isOn ? (room.spotlight_view_id ?? "") : "");
      lab().inert = isOn;
    },
    redraw: watched.redraw,
  };
}
