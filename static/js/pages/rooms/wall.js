// The teacher's page: the wall of the room's students, and everything that is done to all of them or to one.

import { byId } from "../../views/dom.js";
import { createTheme, readColours } from "../../views/header/theme.js";
import { createToasts } from "../../views/toasts.js";
import { createConductBar } from "../../views/rooms/conduct/conduct-bar.js";
import { createConnectionWord } from "../../views/connection-word.js";
import { createMemberPanel } from "../../views/rooms/member-panel.js";
import { createWall } from "../../views/rooms/wall.js";
import { createWallTools } from "../../views/rooms/wall-tools.js";
import { inHalves } from "../../core/rooms/code.js";
import { withNews } from "../../core/rooms/news.js";
import { arranged, EVERYONE } from "../../core/rooms/roster.js";
import { throttleNewest } from "../../core/pacing.js";
import { createStore } from "../../core/store.js";
import { t } from "../../core/messages.js";
import { getRoom, resultsUrl } from "../../api/room-endpoints.js";
import { openRoomStream } from "../../api/room-stream.js";
import { addressOf } from "../open-session.js";
import { PRESETS } from "../presets/table.js";
import { copyAddress, idIn, joinPlace, printAddress, screenAddress } from "./addresses.js";
import { createConducting } from "./conducting.js";
import { remember, TAUGHT } from "./memberships.js";
import { createPictures } from "./pictures.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */
/**
 * @typedef {{room: Room, order: string, filter: string, search: string, size: string, chosen: number|null,
 *   colours: import("../../views/header/theme.js").Colours}} WallState
 */

/** Cards scroll into sight by the dozen; the stream is asked for anew so often at the most. */
const WATCH_EVERY_MS = 400;

const USUAL = { order: "joined", filter: EVERYONE, search: "", size: "fit", chosen: null };

/** @param {string} id the teacher's */
async function start(id) {
  const room = await getRoom(id);
  remember(TAUGHT, room);
  const toasts = createToasts(byId("toasts"), async (words) => words);
  const store = createStore(/** @type {WallState} */ ({ ...USUAL, room, colours: readColours() }));
  const receive = (/** @type {Partial<Room>} */ news) => store.update({ room: withNews(store.get().room, news) });
  const actions = createConducting({
    id: () => store.get().room.id,
    code: room.code,
    update: receive,
    toasts,
  });
  const connection = createConnectionWord(byId("connection"));
  const views = createViews(store, actions);
  const pictures = createPictures(views.showPicture, store.get);
  const stream = openRoomStream(id, {
    onRoom: receive,
    ...pictures.listener,
    onConnection: connection.show,
    onGone: () => showFailure(new Error(t("This room is gone, or your link has been replaced by a new one."))),
  });
  const watched = createWatched(throttleNewest(stream.watch, WATCH_EVERY_MS));
  views.onVisible(watched.see);
  createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), (colours) => {
    store.update({ colours });
    pictures.redraw();
  });
  let chosen = /** @type {number|null} */ (null);
  store.subscribe((state) => {
    views.show(state);
    const member = state.room.members?.find(({ number }) => number === state.chosen);
    watched.choose(state.chosen);
    if (member && chosen !== member.number) pictures.again(member.view_id);
    chosen = state.chosen;
  });
  store.update({});
  document.body.dataset.ready = "true";
}

/** Whose frames are wanted: of the cards in sight and of the one that is open. @param {(numbers: number[]) => void} watch */
function createWatched(watch) {
  /** @type {number[]} */
  let seen = [];
  /** @type {number|null} */
  let chosen = null;
  const tell = () => watch(chosen === null || seen.includes(chosen) ? seen : [...seen, chosen]);
  return {
    /** @param {number[]} numbers */
    see(numbers) {
      seen = numbers;
      tell();
    },
    /** @param {number|null} number */
    choose(number) {
      if (number === chosen) return;
      chosen = number;
      tell();
    },
  };
}

/** @param {ReturnType<typeof createStore<WallState>>} store @param {ReturnType<typeof createConducting>} actions */
function createViews(store, actions) {
  /** @type {(numbers: number[]) => void} */
  let tellVisible = () => {};
  const choose = (/** @type {number|null} */ chosen) => store.update({ chosen });
  const { id } = store.get().room;
  const choices = { presets: PRESETS, pages: optionGroups() };
  const bar = createConductBar(byId("room-bar"), {
    choices,
    screenUrlOf: screenAddress,
    actions: { ...actions, resultsUrl: resultsUrl(id), printUrl: printAddress(id) },
  });
  const tools = createWallTools(byId("wall-tools"), { wish: store.get(), onWish: (changes) => store.update(changes) });
  const wall = createWall(byId("wall"), {
    onChoose: (number) => choose(store.get().chosen === number ? null : number),
    onVisible: (numbers) => tellVisible(numbers),
  });
  const closePanel = () => {
    const { chosen } = store.get();
    choose(null);
    if (chosen !== null) wall.focus(chosen);
  };
  const panel = createMemberPanel(byId("member-panel"), {
    ...actions,
    onClose: closePanel,
    addressOf,
    copyAddressOf: copyAddress,
  });
  const title = createTitle(actions.onTitle);
  byId("member-panel").addEventListener("keydown", (event) => event.key === "Escape" && closePanel());

  return {
    onVisible: (/** @type {(numbers: number[]) => void} */ tell) => (tellVisible = tell),
    /** @param {WallState} state */
    show({ room, chosen, size, ...wish }) {
      const members = room.members ?? [];
      const { spotlight: watched } = room;
      title.show(room.title);
      document.title = `${room.title || inHalves(room.code)} - NNLab`;
      bar.show(room);
      tools.show(members, wish.filter);
      wall.setSize(size);
      wall.show(arranged(members, wish), { chosen, watched, words: nobodyWords(room) });
      panel.show(members.find(({ number }) => number === chosen) ?? null, watched === chosen);
    },
    /** @param {number} number @param {import("../../views/rooms/plane-thumbnail.js").Picture} picture */
    showPicture(number, picture) {
      wall.showPicture(number, picture);
      if (number === store.get().chosen) panel.showPicture(picture);
    },
  };
}

/** @param {Room} room */
const nobodyWords = ({ members, code }) =>
  members?.length
    ? t("Nobody here is like that.")
    : t("Nobody has joined yet. Students open {address} and type {code}.", { address: joinPlace(), code });

/** The pages to read, which the template has. */
const optionGroups = () => {
  const { content } = /** @type {HTMLTemplateElement} */ (byId("pages-to-read"));
  return [...content.querySelectorAll("optgroup")];
};

/** @param {(title: string) => void} onTitle */
function createTitle(onTitle) {
  const box = /** @type {HTMLInputElement} */ (byId("title"));
  box.addEventListener("change", () => onTitle(box.value.trim()));
  return {
    show(/** @type {string} */ title) {
      if (document.activeElement !== box) box.value = title;
    },
  };
}

/** @param {Error} problem */
function showFailure(problem) {
  byId("failure-detail").textContent = problem.message;
  byId("failure").hidden = false;
}

start(idIn(location.pathname)).catch(showFailure);
