// Whether the page hears from the server, in a word beside the title.

import { t } from "../core/messages.js";
import { setText } from "./dom.js";

/** @type {Record<import("../core/types.js").Connection, string>} */
const WORDS = {
  connecting: t("Connecting…"),
  live: t("Live"),
  reconnecting: t("Reconnecting…"),
  hidden: t("Resting"),
  gone: t("Gone"),
};

/** @param {HTMLElement} element */
export const createConnectionWord = (element) => ({
  /** @param {import("../core/types.js").Connection} connection */
  show(connection) {
    element.dataset.state = connection;
    setText(element, WORDS[connection]);
  },
});
