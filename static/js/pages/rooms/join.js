// Join a room by its code and a nickname, or come back to one's own work in it.

import { isMissing } from "../../api/http.js";
import { getDoor, getRoom, joinRoom } from "../../api/room-endpoints.js";
import { codeInPath } from "../../core/rooms/code.js";
import { withoutPrefix } from "../../core/prefix.js";
import { byId } from "../../views/dom.js";
import { createTheme } from "../../views/header/theme.js";
import { createJoinForm } from "../../views/rooms/join-form.js";
import { showMemberships } from "../../views/rooms/membership-list.js";
import { studentAddress } from "./addresses.js";
import { forget, JOINED, memberships, remember } from "./memberships.js";

/** @param {string} code @param {string} nickname @param {(words: string) => void} onWait */
async function join(code, nickname, onWait) {
  const room = await joinRoom(code, nickname, onWait);
  remember(JOINED, room);
  location.assign(studentAddress(room.id));
}

/** The ways back that still lead somewhere; what the server has deleted is forgotten. @param {string} code of the room that is asked for, "" for any */
async function showWaysBack(code) {
  const kept = memberships(JOINED).filter((one) => !code || one.code === code);
  const found = await Promise.all(kept.map(async (one) => ((await isMissing(getRoom(one.id))) ? null : one)));
  kept.filter((one) => !found.includes(one)).forEach(({ id }) => forget(JOINED, id));
  showMemberships(
    byId("joined"),
    found.flatMap((one) => one ?? []),
    studentAddress,
  );
}

const code = codeInPath(withoutPrefix(location.pathname));
createJoinForm(byId("join"), { code, lookUp: getDoor, onJoin: join });
showWaysBack(code);
createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), () => {});
document.body.dataset.ready = "true";
