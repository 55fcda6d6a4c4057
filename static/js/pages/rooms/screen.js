// The projector's page: the code to join by, large; whom the spotlight shows; poll, timer, leaderboard. Changes nothing.

import { byId } from "../../views/dom.js";
import { createTheme, readColours } from "../../views/header/theme.js";
import { createScreen } from "../../views/rooms/screen.js";
import { createConnectionWord } from "../../views/connection-word.js";
import { t } from "../../core/messages.js";
import { getRoom, qrUrl } from "../../api/room-endpoints.js";
import { openRoomStream } from "../../api/room-stream.js";
import { idIn, joinPlace } from "./addresses.js";
import { createPictures } from "./pictures.js";
import { createWatched } from "./watched.js";

/** Faces of the class on the projector, when nobody is in the spotlight. */
const MOST_FACES = 60;

/** @param {string} id the screen's */
async function start(id) {
  let seen = { room: await getRoom(id), colours: readColours() };
  const join = { address: joinPlace(), qr: qrUrl(seen.room.code) };
  const screen = createScreen(byId("screen"), join);
  const connection = createConnectionWord(byId("connection"));
  const pictures = createPictures(screen.showFace, () => seen);
  const watched = createWatched(({ document, regions, snapshot }) =>
    screen.showPicture({ document, regions, colours: seen.colours }, snapshot),
  );
  const show = () => {
    const { room } = seen;
    screen.show(room);
    watched.show(room.spotlight_view_id ?? "");
    const faces = room.spotlight === null ? (room.members ?? []).slice(0, MOST_FACES) : [];
    stream.watch(faces.map(({ number }) => number));
  };
  const stream = openRoomStream(id, {
    onRoom(room) {
      seen = { ...seen, room };
      show();
    },
    ...pictures.listener,
    onConnection: connection.show,
    onGone: () => showFailure(new Error(t("This room is gone, or your link has been replaced by a new one."))),
  });
  createTheme(/** @type {HTMLButtonElement} */ (byId("theme")), (colours) => {
    seen = { ...seen, colours };
    pictures.redraw();
    watched.redraw();
  });
  show();
  document.body.dataset.ready = "true";
}

/** @param {Error} problem */
function showFailure(problem) {
  byId("failure-detail").textContent = problem.message;
  byId("failure").hidden = false;
}

start(idIn(location.pathname)).catch(showFailure);
