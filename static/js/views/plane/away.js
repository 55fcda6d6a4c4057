// A server that is away: said over the plane, and what only it can do is off until it is back.

/**
 * @param {HTMLElement} notice
 * @param {HTMLFieldSetElement[]} parts of the page that cannot do without the server
 */
export function createAwayNotice(notice, parts) {
  /** @type {HTMLFieldSetElement[]} */
  let stopped = [];
  return {
    /** @param {import("../../core/types.js").Connection} connection */
    show(connection) {
      const isAway = connection === "reconnecting";
      if (notice.hidden === !isAway) return;
      notice.hidden = !isAway;
      for (const part of stopped) part.disabled = false;
      stopped = isAway ? parts.filter((part) => !part.disabled) : []; // a lock of the link stays
      for (const part of stopped) part.disabled = true;
    },
  };
}
