// Two to four experiments side by side over one chart, in the place of network, results and plane. Tells the person's choices to
// its callbacks; when it goes, all stands again as it did.

import { LETTERS, peculiarities } from "../../core/comparison.js";
import { t } from "../../core/messages.js";
import { h, setText } from "../dom.js";
import { badge } from "./badge.js";
import { createPanelCard } from "./panel-card.js";
import { createPanelsFoot } from "./panels-foot.js";

/** @typedef {import("../../core/comparison.js").Panel} Panel */
/** @typedef {import("../plane/plane-view.js").PlaneState} PlaneState */
/** What the page itself knows. @typedef {Omit<PlaneState, "document"|"regions"|"curves">} PageParts */
/**
 * @typedef {{body: HTMLElement, stage: HTMLElement, plane: HTMLElement, time: HTMLElement, barSettings: HTMLElement,
 *   settingsSheet: HTMLElement}} Places
 */
/**
 * @typedef {{fields: Record<string, import("../../core/types.js").FieldSpec>, planeActions: import("../plane/plane-view.js").PlaneActions,
 *   onChoose(panel: Panel): void, onClose(panel: Panel): void, onAdd: () => void}} Options
 */

/** @param {Places} places @param {Options} options */
export function createPanelsView(places, options) {
  const row = h("div", { class: "panels", role: "group", "aria-label": t("Experiments side by side") });
  const foot = createPanelsFoot(places.body, options.onAdd);
  const letters = createLetters(places);
  const giveBack = takePlace(places, row, foot.element);
  const cards = createCards(row, places, options);

  return {
    /** @param {Panel[]} panels @param {Panel} chosen @param {PageParts} page */
    show(panels, chosen, page) {
      cards.arrange(panels);
      const documents = panels.map(({ state }) => state.document);
      const names = peculiarities(documents, options.fields);
      panels.forEach((panel, index) => {
        const { document, regions, curves, snapshot } = panel.state;
        const plane = { ...page, document, regions, curves };
        const isChosen = panel === chosen;
        cards.of(panel)?.show({ letter: LETTERS[index], name: names[index], snapshot, isChosen, plane });
      });
      const place = panels.indexOf(chosen);
      letters.show(LETTERS[place], names[place]);
      foot.show(panels, LETTERS[place], page.colours);
    },
    destroy() {
      giveBack();
      cards.destroy();
      foot.destroy();
      letters.destroy();
    },
  };
}

/** The cards in the row, one for each panel. @param {HTMLElement} row @param {Places} places @param {Options} options */
function createCards(row, { stage, plane }, { planeActions, onChoose, onClose }) {
  /** @type {Map<Panel, ReturnType<typeof createPanelCard>>} */
  const cards = new Map();

  /** @param {Panel} panel */
  const add = (panel) => {
    const own = { planeActions, onChoose: () => onChoose(panel), onClose: () => onClose(panel) };
    const card = createPanelCard(plane, own);
    cards.set(panel, card);
    row.append(card.element);
  };

  /** @param {Panel} panel @param {ReturnType<typeof createPanelCard>} card */
  const remove = (panel, card) => {
    if (card.element.contains(plane)) row.before(plane); // until another one is chosen
    card.destroy();
    cards.delete(panel);
  };

  return {
    /** @param {Panel[]} panels */
    arrange(panels) {
      for (const [panel, card] of cards) if (!panels.includes(panel)) remove(panel, card);
      for (const panel of panels) if (!cards.has(panel)) add(panel);
      stage.style.setProperty("--panels", String(panels.length));
    },
    /** @param {Panel} panel */
    of: (panel) => cards.get(panel),
    destroy: () => cards.forEach((card) => card.destroy()),
  };
}

/** Stand in the stage; returns what brings all back to where it was. @param {Places} places @param {HTMLElement} row @param {HTMLElement} foot */
function takePlace({ body, stage, plane, time }, row, foot) {
  const marks = [plane, time].map((element) => {
    const mark = window.document.createComment("its place");
    element.before(mark);
    return { mark, element };
  });
  plane.before(row, foot);
  foot.append(time);
  body.classList.add("comparing");
  return () => {
    for (const { mark, element } of marks) mark.replaceWith(element);
    row.remove();
    foot.remove();
    stage.style.removeProperty("--panels");
    body.classList.remove("comparing", "shows-network");
  };
}

/** The chosen one's letter before the settings, which are its. @param {Places} places */
function createLetters({ barSettings, settingsSheet }) {
  const [inBar, inSheet] = [badge(""), badge("")];
  const name = h("span", {});
  const told = h("p", { class: "settings-of", role: "status" }, t("Settings of"), inSheet, name);
  barSettings.before(inBar);
  settingsSheet.prepend(told);
  return {
    /** @param {string} letter @param {string} words */
    show(letter, words) {
      for (const one of [inBar, inSheet]) setText(one, letter);
      setText(name, words);
    },
    destroy() {
      inBar.remove();
      told.remove();
    },
  };
}
