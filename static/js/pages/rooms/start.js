// Start a room: from nothing, from an experiment of the gallery, or from one of one's own; and the way back to rooms there are.

import { createSession } from "../../api/endpoints.js";
import { createRoom } from "../../api/room-endpoints.js";
import { t } from "../../core/messages.js";
import { byId } from "../../views/dom.js";
import { createTheme } from "../../views/header/theme.js";
import { createStartForm } from "../../views/rooms/start-form.js";
import { showMemberships } from "../../views/rooms/membership-list.js";
import { recentExperiments } from "../recent.js";
import { PRESETS } from "../presets/table.js";
import { wallAddress } from "./addresses.js";
import { memberships, remember, TAUGHT } from "./memberships.js";
import { sessionOfPreset } from "./presets.js";

/** @typedef {import("../../views/rooms/start-form.js").StartWish} StartWish */

/** @typedef {import("../../api/endpoints.js").OnWait} OnWait */

/** @param {StartWish} wish @param {OnWait} onWait */
async function start({ title, from, keep_days: keepDays }, onWait) {
  const session = await sessionOf(from, onWait);
  const room = await createRoom({ title, session, keep_days: keepDays });
  remember(TAUGHT, room, session);
  location.assign(wallAddress(room.id));
}

/** The teacher's own experiment. @param {string} from "nothing", "preset NAME" or "session ID" @param {OnWait} onWait @returns {Promise<string>} */
async function sessionOf(from, onWait) {
  const [kind, name] = from.split(" ");
  if (kind === "preset") return sessionOfPreset(name, onWait);
  return kind === "session" ? name : String((await createSession({}, onWait)).id);
}

const asked = new URLSearchParams(location.hash.slice(1)).get("session"); // not sent: it is a secret
const own = recentExperiments().map(({ id, title }) => ({ id, title: title || t("Untitled experiment") }));
if (asked && !own.some(({ id }) => id === asked)) own.unshift({ id: asked, title: t("The experiment you come from") });
createStartForm(byId("start"), {
  presets: PRESETS,
  own,
  chosen: asked ? `session ${asked}` : "nothing",
  onStart: start,
});
showMemberships(byId("own-rooms"), memberships(TAUGHT), wallAddress);
createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), () => {});
document.body.dataset.ready = "true";
