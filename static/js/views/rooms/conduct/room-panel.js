// The room itself: the projector, the results, a new teacher's link, its end, its deletion.

import { t, tn } from "../../../core/messages.js";
import { h } from "../../dom.js";
import { createSecondQuestion } from "../second-question.js";

/**
 * @typedef {{onCopyLink: () => void, onNewLink: () => void, onEnd: () => void, onReopen: () => void, onDelete: () => void,
 *   resultsUrl: string, printUrl: string}} RoomActions
 */

/** @param {RoomActions} actions */
export function createRoomPanel({ onCopyLink, onNewLink, onEnd, onReopen, onDelete, resultsUrl, printUrl }) {
  const button = (/** @type {string} */ label, /** @type {() => void} */ click) =>
    h("button", { type: "button", class: "button small", on: { click } }, label);
  const end = button(t("End the room"), onEnd);
  const reopen = button(t("Open it again"), onReopen);
  const deletion = h("div", {});
  const element = h(
    "div",
    { class: "panel-parts" },
    h(
      "section",
      {},
      h("h3", {}, t("Results")),
      h("div", { class: "buttons-line" }, link(t("CSV"), resultsUrl, true), link(t("To print"), printUrl, false)),
    ),
    h(
      "section",
      {},
      h("h3", {}, t("Your link")),
      h(
        "p",
        { class: "quiet" },
        t("Who has it conducts this room. Keep it to yourself; a new one makes the old one useless."),
      ),
      h("div", { class: "buttons-line" }, button(t("Copy"), onCopyLink), newLink(onNewLink)),
    ),
    h(
      "section",
      {},
      h("h3", {}, t("The end")),
      h(
        "p",
        { class: "quiet" },
        t("After the end nobody joins any more; the work is kept, and you may open the room again."),
      ),
      end,
      reopen,
      deletion,
    ),
  );
  let count = -1;
  return {
    element,
    /** @param {import("../../../core/rooms/types.js").Room} room */
    show({ state, num_members: members }) {
      end.hidden = state === "ended";
      reopen.hidden = state !== "ended";
      if (members === count) return;
      count = members;
      deletion.replaceChildren(deleteQuestion(members, onDelete));
    },
  };
}

/** @param {string} label @param {string} href @param {boolean} isFile */
const link = (label, href, isFile) =>
  h("a", { class: "button small", href, download: isFile, target: isFile ? null : "_blank" }, label);

/** @param {() => void} onYes */
const newLink = (onYes) =>
  createSecondQuestion({
    label: t("A new link"),
    question: t("The old link ends now, on every page that has it open. Sure?"),
    yes: t("Yes, a new link"),
    onYes,
  });

/** @param {number} members @param {() => void} onYes */
const deleteQuestion = (members, onYes) =>
  createSecondQuestion({
    label: t("Delete everything"),
    question: tn(
      "The room and the work of 1 student are deleted at once, for good. Sure?",
      "The room and the work of {count} students are deleted at once, for good. Sure?",
      members,
    ),
    yes: t("Yes, delete"),
    onYes,
  });
