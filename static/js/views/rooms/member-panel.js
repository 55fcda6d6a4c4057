// The student who is chosen on the wall: a larger plane, all figures, and what a teacher can do for one.

import { formatCount, formatEpoch, formatLoss, formatPercent } from "../../core/format.js";
import { t } from "../../core/messages.js";
import { STATES } from "../../core/rooms/roster.js";
import { h } from "../dom.js";
import { createPlaneThumbnail } from "./plane-thumbnail.js";
import { createSecondQuestion } from "./second-question.js";

/** @typedef {import("../../core/rooms/types.js").Member} Member */
/**
 * @typedef {{onClose: () => void, onSpotlight: (number: number|null) => void, copyAddressOf: (viewId: string) => string,
 *   onChange: (number: number, patch: {nickname?: string, hint?: string|null, is_raised?: boolean}) => void,
 *   onRemove: (number: number) => void, addressOf: (viewId: string) => string}} MemberActions
 */

export const NICKNAME_LENGTH = 24;
const HINT_LENGTH = 200;

/** @param {HTMLElement} element @param {MemberActions} actions */
export function createMemberPanel(element, actions) {
  /** @type {Member|null} */
  let member = null;
  const doFor = (/** @type {(member: Member) => void} */ action) => () => member && action(member);
  const thumbnail = createPlaneThumbnail();
  const name = createNameField((nickname) => doFor(({ number }) => actions.onChange(number, { nickname }))());
  const close = h(
    "button",
    { type: "button", class: "button icon quiet", "aria-label": t("Close"), on: { click: actions.onClose } },
    "×",
  );
  const figures = h("dl", { class: "member-figures" });
  const look = h("a", { class: "button small", target: "_blank", rel: "noopener" }, t("Look in"));
  const copy = h("a", { class: "button small", target: "_blank", rel: "noopener" }, t("Copy"));
  copy.title = t("A copy of your own, with its weights");
  const buttons = createButtons(actions, doFor);
  const hint = createHintField((text) => doFor(({ number }) => actions.onChange(number, { hint: text }))());
  const remove = h("div", {});
  element.append(
    h("div", { class: "row" }, name.element, close),
    h("div", { class: "member-plane" }, thumbnail.element),
    figures,
    h("div", { class: "member-buttons" }, look, copy, ...buttons.elements),
    hint.element,
    remove,
  );

  /** @param {Member} next */
  const begin = (next) => {
    name.begin(next.nickname);
    hint.begin(next.hint ?? "");
    remove.replaceChildren(removal(next, actions.onRemove));
  };

  return {
    /** @param {Member|null} next @param {boolean} isWatched */
    show(next, isWatched) {
      element.hidden = next === null;
      if (next && next.number !== member?.number) begin(next);
      member = next;
      if (!next) return;
      name.show(next.nickname);
      figures.replaceChildren(...figuresOf(next).flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, value)]));
      look.href = actions.addressOf(next.view_id);
      copy.href = actions.copyAddressOf(next.view_id);
      buttons.show(next, isWatched);
    },
    /** @param {import("./plane-thumbnail.js").Picture} picture */
    showPicture: (picture) => thumbnail.show(picture),
    destroy: () => element.replaceChildren(),
  };
}

/** @param {MemberActions} actions @param {(action: (member: Member) => void) => () => void} doFor */
function createButtons(actions, doFor) {
  let isInLight = false;
  const button = (/** @type {string} */ label, /** @type {(member: Member) => void} */ action) =>
    h("button", { type: "button", class: "button small", on: { click: doFor(action) } }, label);
  const light = button(t("Spotlight"), ({ number }) => actions.onSpotlight(isInLight ? null : number));
  const hand = button(t("Lower hand"), ({ number }) => actions.onChange(number, { is_raised: false }));
  light.title = t("Shown on the projector");
  return {
    elements: [light, hand],
    /** @param {Member} member @param {boolean} isWatched */
    show(member, isWatched) {
      isInLight = isWatched;
      light.setAttribute("aria-pressed", String(isWatched));
      hand.hidden = !member.is_raised;
    },
  };
}

/** @param {(nickname: string) => void} onRename */
function createNameField(onRename) {
  const box = h("input", {
    class: "title",
    type: "text",
    "aria-label": t("Nickname"),
    maxlength: NICKNAME_LENGTH,
    autocomplete: "off",
  });
  let shown = "";
  box.addEventListener("change", () => {
    if (box.value.trim() && box.value !== shown) onRename(box.value.trim());
    else box.value = shown;
  });
  return {
    element: box,
    begin: (/** @type {string} */ nickname) => (box.value = shown = nickname),
    show(/** @type {string} */ nickname) {
      if (document.activeElement !== box) box.value = nickname;
      shown = nickname;
    },
  };
}

/** A word to this student alone. @param {(text: string|null) => void} onHint */
function createHintField(onHint) {
  const box = h("textarea", {
    class: "text-box",
    rows: 2,
    maxlength: HINT_LENGTH,
    "aria-label": t("Hint, for this student alone"),
  });
  box.placeholder = t("Hint, for this student alone");
  const send = h("button", { type: "submit", class: "button small" }, t("Send hint"));
  const clear = h("button", { type: "button", class: "button small" }, t("Take back"));
  const element = h("form", { class: "hint-form" }, box, h("div", { class: "row" }, send, clear));
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    onHint(box.value.trim() || null);
  });
  clear.addEventListener("click", () => {
    box.value = "";
    onHint(null);
  });
  return { element, begin: (/** @type {string} */ text) => (box.value = text) };
}

/** @param {Member} member @param {(number: number) => void} onRemove */
const removal = ({ number, nickname }, onRemove) =>
  createSecondQuestion({
    label: t("Remove from the room"),
    question: t("{nickname} and all of this work are deleted at once. Sure?", { nickname }),
    yes: t("Yes, remove"),
    onYes: () => onRemove(number),
  });

/** @param {Member} member @returns {[string, string][]} */
function figuresOf(member) {
  const { state, step, epoch, train_accuracy: training, held_out_accuracy: test, loss, parameters } = member;
  return [
    [t("State"), STATES[state]],
    [t("Step"), formatCount(step)],
    [t("Epoch"), formatEpoch(epoch)],
    [t("Training accuracy"), formatPercent(training)],
    [t("Test accuracy"), formatPercent(test)],
    [t("Loss"), formatLoss(loss)],
    [t("Parameters"), formatCount(parameters)],
  ];
}
