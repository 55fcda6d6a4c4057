// The page's head: title, which the browser's tab has too, connection, undo and redo. Sharing and the theme have their own views.

import { t } from "../../core/messages.js";
import { createConnectionWord } from "../connection-word.js";
import { listen, setText } from "../dom.js";

/**
 * @param {{title: HTMLInputElement, connection: HTMLElement, busy: HTMLElement, undo: HTMLButtonElement, redo: HTMLButtonElement}} elements
 * @param {{setTitle: (title: string) => void, command: (name: string) => void, maxLength?: number}} options
 */
export function createHeader({ title, connection, busy, undo, redo }, { setTitle, command, maxLength }) {
  if (maxLength) title.maxLength = maxLength;
  const untitled = document.title;
  const word = createConnectionWord(connection);
  const ends = [
    listen(title, {
      change: () => setTitle(title.value.trim()),
      keydown: ({ key }) => key === "Enter" && title.blur(),
    }),
    listen(undo, { click: () => command("undo") }),
    listen(redo, { click: () => command("redo") }),
  ];
  return {
    /**
     * @param {import("../../core/types.js").LabDocument} shown
     * @param {import("../../core/types.js").Snapshot} snapshot
     * @param {import("../../core/types.js").Connection} state
     * @param {boolean} canEdit
     */
    show(shown, snapshot, state, canEdit) {
      if (document.activeElement !== title && title.value !== shown.title) title.value = shown.title;
      const tabTitle = shown.title ? `${shown.title} · NNLab` : untitled;
      if (document.title !== tabTitle) document.title = tabTitle;
      title.readOnly = !canEdit;
      setDisabled(undo, !canEdit || snapshot.can_undo === false);
      setDisabled(redo, !canEdit || snapshot.can_redo === false);
      word.show(state);
      setText(busy, state === "live" && snapshot.is_coarse ? t("busy: coarser picture") : "");
    },
    destroy: () => ends.forEach((end) => end()),
  };
}

/** Written only when it is another: who watches the button hears of every writing. @param {HTMLButtonElement} button @param {boolean} isOff */
function setDisabled(button, isOff) {
  if (button.disabled !== isOff) button.disabled = isOff;
}
