// What the projector shows, to be read from the last row: how to join, how many have, and what the class looks at.

import { inHalves } from "../../core/rooms/code.js";
import { t, tn } from "../../core/messages.js";
import { goalInWords } from "../../core/rooms/goal.js";
import { faceSide } from "../../core/rooms/wall-size.js";
import { h, setText } from "../dom.js";
import { createLeaderboard } from "./leaderboard.js";
import { createPlaneThumbnail } from "./plane-thumbnail.js";
import { createPollBars } from "./poll-bars.js";
import { createTimer } from "./timer.js";
import { createWatchView } from "./watch-view.js";

/** @typedef {import("../../core/rooms/types.js").Room} Room */
/** @typedef {import("./plane-thumbnail.js").Picture} Picture */

const MOST_PLACES = 10;

/** The share of the window's height that the faces may take. */
const FACES_SHARE = 0.34;

/** @param {HTMLElement} element @param {{address: string, qr: string}} join address: where one types the code */
export function createScreen(element, join) {
  const door = createDoor(join);
  const watchPlace = h("section", { class: "screen-watch watch", hidden: true });
  const watch = createWatchView(watchPlace);
  const faces = createFaces();
  const side = createSide();
  element.append(h("div", { class: "screen-main" }, door.element, watchPlace, faces.element), side.element);
  return {
    /** @param {Room} room */
    show(room) {
      const isWatching = room.spotlight !== null;
      element.dataset.watches = String(isWatching);
      door.show(room);
      watch.show(isWatching ? nameInLight(room) : null);
      faces.show(isWatching ? [] : (room.members ?? []));
      side.show(room);
    },
    showPicture: watch.showPicture,
    showFace: faces.showPicture,
    destroy() {
      watch.destroy();
      faces.destroy();
      side.destroy();
      element.replaceChildren();
    },
  };
}

/** Whose plane it is. @param {Room} room */
const nameInLight = ({ spotlight, members }) =>
  members?.find(({ number }) => number === spotlight)?.nickname ?? t("Your teacher");

/** How to come in. @param {{address: string, qr: string}} join */
function createDoor({ address, qr }) {
  const code = h("p", { class: "screen-code" });
  const count = h("p", { class: "screen-count", role: "status" });
  const picture = h("img", { class: "screen-qr", src: qr, alt: t("QR code that leads to this room") });
  const words = h("p", { class: "screen-address" }, t("Open {address} and type", { address }));
  const element = h(
    "section",
    { class: "screen-door" },
    h("div", { class: "screen-way" }, words, code, count),
    picture,
  );
  return {
    element,
    /** @param {Room} room */
    show({ code: letters, state, num_members: members }) {
      element.dataset.ended = String(state === "ended");
      setText(code, state === "ended" ? t("The room has ended") : inHalves(letters));
      setText(count, tn("1 has joined", "{count} have joined", members));
    },
  };
}

/** Everyone's plane, small. */
function createFaces() {
  /** @type {Map<number, {element: HTMLElement, name: HTMLElement, thumbnail: ReturnType<typeof createPlaneThumbnail>}>} */
  const faces = new Map();
  const element = h("div", { class: "screen-faces" });
  const layOut = () => {
    const place = { widthCss: element.clientWidth, heightCss: FACES_SHARE * innerHeight };
    element.style.setProperty("--face", `${faceSide(faces.size, place)}px`);
    for (const { thumbnail } of faces.values()) thumbnail.resize();
  };
  const observer = new ResizeObserver(layOut);
  for (const place of [element, document.body]) observer.observe(place);
  const make = () => {
    const [thumbnail, name] = [createPlaneThumbnail(), h("span", { class: "screen-name" })];
    return { thumbnail, name, element: h("div", { class: "screen-face" }, thumbnail.element, name) };
  };
  return {
    element,
    /** @param {import("../../core/rooms/types.js").Member[]} members */
    show(members) {
      element.hidden = members.length === 0;
      const had = faces.size;
      const numbers = new Set(members.map(({ number }) => number));
      for (const [number, face] of faces)
        if (!numbers.has(number)) {
          face.element.remove();
          faces.delete(number);
        }
      for (const { number, nickname } of members) {
        const face = faces.get(number) ?? make();
        faces.set(number, face);
        setText(face.name, nickname);
        if (!face.element.isConnected) element.append(face.element);
      }
      if (faces.size !== had) layOut();
    },
    /** @param {number} number @param {Picture} picture */
    showPicture: (number, picture) => faces.get(number)?.thumbnail.show(picture),
    destroy: () => observer.disconnect(),
  };
}

/** Timer, poll, challenge and leaderboard. */
function createSide() {
  const clock = h("p", { class: "screen-clock", role: "timer" });
  const timer = createTimer(clock);
  const question = h("h2", {});
  const bars = createPollBars();
  const poll = h("section", {}, question, bars.element);
  const title = h("h2", {});
  const sentence = h("p", {});
  const goal = h("p", {});
  const board = createLeaderboard({ most: MOST_PLACES });
  const challenge = h("section", {}, title, sentence, goal, board.element);
  const element = h(
    "aside",
    { class: "screen-side", "aria-label": t("What the class is doing"), tabindex: 0 },
    clock,
    poll,
    challenge,
  );
  return {
    element,
    /** @param {Room} room */
    show(room) {
      timer.show(room);
      poll.hidden = room.poll === null;
      setText(question, room.poll?.question ?? "");
      if (room.poll) bars.show(room.poll);
      challenge.hidden = room.challenge === null;
      setText(title, room.challenge?.title ?? "");
      setText(sentence, room.challenge?.sentence ?? "");
      setText(goal, goalInWords(room.challenge?.goal));
      board.element.hidden = room.leaderboard === null;
      board.show(room.leaderboard ?? []);
      element.hidden = room.timer === null && room.poll === null && room.challenge === null;
    },
    destroy: timer.destroy,
  };
}
