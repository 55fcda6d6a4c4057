// The links to an experiment, in the panel of the Share button.

import { t } from "../core/messages.js";
import { PREFIX } from "../core/prefix.js";
import { copyText } from "../views/clipboard.js";
import { byId } from "../views/dom.js";
import { createSharePanel } from "../views/header/share-panel.js";
import { addressOf, memberIdOf } from "./open-session.js";

/** @param {import("./extras.js").Parts} parts */
export function makeSharing({ panels, actions, toasts }) {
  const sessions = panels().map(({ session }) => session);
  const [session] = sessions;
  const url = (/** @type {string[]} */ [id, ...others]) => location.origin + addressOf(id, others);
  const ids = sessions.flatMap(({ id }) => id ?? []);
  createSharePanel(byId("share-panel"), {
    editUrl: ids.length === sessions.length ? url(ids) : null,
    viewUrl: url(sessions.map(({ view_id }) => view_id)),
    copyUrl: `${location.origin}${PREFIX}/copy/${session.view_id}`,
    embedCopyUrl: `${location.origin}${PREFIX}/embed/copy/${session.view_id}`,
    embedUrl: `${location.origin}${PREFIX}/embed/${session.view_id}`,
    roomUrl: session.id && !memberIdOf(location.pathname) ? `${PREFIX}/rooms#session=${session.id}` : null,
    onFork: actions.fork,
    onCopy: (what, text) =>
      copyText(text).then(
        () => toasts.show(t("{what} copied", { what }), "note"),
        ({ message }) => toasts.show(message),
      ),
  });
}
