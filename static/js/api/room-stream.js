// A room, live: what it stands at, and the documents and frames of the students that are asked for, over one connection. On a
// student's page it shares that of the own experiment.

import { rangesOf } from "../core/rooms/ranges.js";
import { besideQuery } from "../core/wants.js";
import { createConnection } from "./connection.js";
import { isMissing } from "./http.js";
import { getRoom, roomPath } from "./room-endpoints.js";
import { accompany } from "./stream.js";
import { sourceOfPage } from "./turns.js";

/** Of thumbnails. */
const RESOLUTION = 24;
const FRAMES_PER_SECOND = 2;

/**
 * @typedef {{onRoom: (room: import("../core/rooms/types.js").Room) => void,
 *   onDocument?: (event: {session: string, document: import("../core/types.js").LeanDocument}) => void,
 *   onFrame?: (frame: import("../core/types.js").Frame) => void,
 *   onConnection: (connection: import("../core/types.js").Connection) => void, onGone: () => void}} Listener
 */

/** Who hears of which event. @type {Record<string, "onRoom"|"onDocument"|"onFrame">} */
const HANDLERS = { room: "onRoom", document: "onDocument", frame: "onFrame" };

/**
 * @param {string} id of a teacher, member or screen
 * @param {Listener} listener
 * @param {{page: Document|EventTarget & {hidden: boolean}, Source: typeof EventSource, isGone: (id: string) => Promise<boolean>}} [environment]
 */
export function openRoomStream(id, listener, environment = { page: document, Source: sourceOfPage(), isGone }) {
  /** @type {number[]} */
  let members = [];

  const giveUp = () => {
    connection.destroy();
    listener.onConnection("gone");
    listener.onGone();
  };
  const connection = createConnection(
    {
      onEvent(kind, data) {
        if (kind === "bye") lookWhetherGone();
        else listener[HANDLERS[kind]]?.(data);
      },
      onState: listener.onConnection,
      beforeRetry: async () => lookWhetherGone(),
    },
    environment,
  );
  const lookWhetherGone = async () => {
    if (await environment.isGone(id)) giveUp();
  };
  const open = () => connection.open(streamUrl(id, members));

  open();
  return {
    /** Ask for the documents and frames of these from now on. @param {number[]} numbers */
    watch(numbers) {
      if (rangesOf(numbers) === rangesOf(members)) return;
      members = numbers;
      open();
    },
  };
}

/**
 * The room over the stream that the page has of its experiments.
 * @param {string} id of a member
 * @param {Pick<Listener, "onRoom"|"onGone">} listener
 * @param {{accompany: (companion: import("./stream.js").Companion|null) => void, isGone: (id: string) => Promise<boolean>}} [environment]
 */
export function openRoomBeside(id, { onRoom, onGone }, environment = { accompany, isGone }) {
  const look = async () => {
    if (!(await environment.isGone(id))) return;
    environment.accompany(null);
    onGone();
  };
  environment.accompany({
    urlOf: (wants) => [`${roomPath(id)}/stream`, besideQuery(wants)].filter(Boolean).join("?"),
    hears(kind, data) {
      const isOfRoom = kind === "room" || (kind === "bye" && !data.session);
      if (kind === "room") onRoom(data);
      else if (isOfRoom) look();
      return isOfRoom;
    },
    look,
  });
}

/** @param {string} id @param {number[]} members */
export function streamUrl(id, members) {
  const watched = members.length
    ? `?members=${rangesOf(members)}&resolution=${RESOLUTION}&fps=${FRAMES_PER_SECOND}`
    : "";
  return `${roomPath(id)}/stream${watched}`;
}

const isGone = (/** @type {string} */ id) => isMissing(getRoom(id));
