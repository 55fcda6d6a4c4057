// Makes the playground's views in their places on the page and hands each of them its part of the state.

import { createClassPalette } from "../views/plane/class-palette.js";
import { createDataPanel } from "../views/rail/data-panel.js";
import { byId } from "../views/dom.js";
import { createLazy, createLazyIn } from "../views/lazy.js";
import { createNetworkCard } from "../views/network/network-card.js";
import { createPlaneHint } from "../views/plane/plane-hint.js";
import { createPlaneView } from "../views/plane/plane-view.js";
import { createResultsPanel } from "../views/results/results-panel.js";
import { createRunBar } from "../views/training-bar/run-bar.js";
import { createTimePanel } from "../views/results/time-panel.js";
import { createTools } from "../views/plane/tools.js";
import { createBarSettings } from "../views/training-bar/bar-settings.js";
import { createAwayNotice } from "../views/plane/away.js";
import { createZoom } from "../views/plane/zoom.js";
import { createHead } from "./header.js";
import { followMarks } from "./marks.js";

/** @param {string} id */
const button = (id) => /** @type {HTMLButtonElement} */ (byId(id));

/**
 * @param {{catalog: import("../core/types.js").Catalog, actions: import("./actions.js").Actions,
 *   session: import("../core/types.js").SessionReply, real: (id: number) => number, openResults: (sheet: string) => void}} parts
 */
export function createViews({ catalog, actions, session, real, openResults }) {
  const { command, setField } = actions;
  const header = createHead({ catalog, actions });
  const runBar = createRunBar(byId("speed"), { catalog, setField, command });
  const data = createDataPanel({
    catalog,
    setClasses: actions.setClasses,
    setTask: actions.setTask,
    clearPoints: actions.clearPoints,
    makeDataset: (request) => command("dataset", request),
  });
  const planeActions = planeActionsOf(actions);
  const plane = createPlaneView(byId("plane"), planeActions);
  const palette = createClassPalette(byId("palette"), { onChoose: actions.chooseClass });
  createTools(byId("tools"), { onChoose: actions.chooseTool, keys: byId("plane-keys").textContent ?? "" });
  const inspector = createInspector(actions, real);
  const marks = followMarks({ fields: catalog.fields, onMarks: () => last && showResults(last) });
  const results = createResultsPanel({ body: byId("results-body"), tools: byId("chart-tools") });
  const time = createTimePanel({
    command,
    stepEpoch: actions.stepEpoch,
    setPace: (value) => setField("pace.steps_per_second", value),
  });
  const network = createNetworkCard(networkPlaces(), {
    catalog,
    changeNetwork: actions.changeNetwork,
    weightRule: actions.weightRule,
    openHealth: () => openResults("health"),
  });
  const settingsSheet = createLazyIn(byId("sheet-settings"), async () => {
    const { createSettingsSheet } = await import("../views/rail/settings-sheet.js");
    return createSettingsSheet(byId("settings"), { catalog, setField });
  });
  const barSettings = createBarSettings(
    { bar: byId("bar-settings"), sheet: byId("first-settings") },
    { catalog, setField },
  );
  const zoom = createZoom(
    { closer: button("zoom-in"), wider: button("zoom-out"), fit: button("zoom-fit") },
    { setField },
  );
  const away = createAwayNotice(
    byId("away"),
    ["run-set", "time"].map((id) => /** @type {HTMLFieldSetElement} */ (byId(id))),
  );
  const hint = createPlaneHint(byId("plane-hint"));
  const stopNotice = createNotice(catalog, command);
  if (!session.id) lock(actions);
  /** @type {PageState|null} */
  let last = null;

  /** @param {PageState} state */
  const showDocument = ({ document }) => {
    data.show(document);
    settingsSheet.show(document);
    barSettings.show(document);
    zoom.show(document);
  };

  /** @param {PageState} state */
  const showResults = (state) => results.show(state, countPoints(state.document), marks.of(state));

  return {
    planeActions,
    board: network.board,
    /** @param {PageState} state */
    show(state) {
      const { document, snapshot } = state;
      hint.show(document.points.length === 0 && state.canEdit ? state.tool : null);
      const selectedId = state.selectedId === null ? null : real(state.selectedId);
      const group = state.group.length ? actions.group().map(real) : state.group;
      if (document !== last?.document) showDocument(state);
      header.show(document, snapshot, state.connection, state.canEdit);
      runBar.show(snapshot, document);
      plane.show(planeState({ ...state, selectedId, group }));
      palette.show(document.task === "curve_fitting" ? 0 : document.classes, state.chosenClass);
      inspector.show(state);
      showResults(state);
      network.show(state);
      time.show(snapshot, state.canEdit, document.pace);
      stopNotice.show(state);
      away.show(state.connection);
      last = state;
    },
  };
}

/** The network card's elements. */
function networkPlaces() {
  const diagram = byId("diagram");
  return {
    card: byId("network-card"),
    layerCount: byId("layer-count"),
    size: button("network-size"),
    diagram,
    sheet: /** @type {HTMLElement} */ (diagram.querySelector(".diagram-sheet")),
    heads: byId("column-heads"),
    feet: byId("column-feet"),
  };
}

/** @typedef {import("./playground.js").PageState} PageState */

/**
 * A view whose code is fetched when the state asks for it first.
 * @param {(state: PageState) => boolean} isWanted
 * @param {() => Promise<(state: PageState) => void>} load
 */
function createLater(isWanted, load) {
  const view = createLazy(async () => ({ show: await load() }));
  return {
    /** @param {PageState} state */
    show(state) {
      view.show(state);
      if (isWanted(state)) view.want();
    },
  };
}

/**
 * What is selected, in figures.
 * @param {import("./actions.js").Actions} actions
 * @param {(id: number) => number} real
 */
function createInspector({ editPoints: onEdit, deleteSelected: onDelete, group }, real) {
  return createLater(
    ({ selectedId, group: ids }) => selectedId !== null || ids.length > 0,
    async () => {
      const { createPointInspector } = await import("../views/plane/point-inspector.js");
      const inspector = createPointInspector(byId("inspector"), { onEdit, onDelete });
      return ({ document, selectedId }) => {
        const point = selectedId === null ? null : document.points.find(({ id }) => id === real(selectedId));
        inspector.showGroup(group().length);
        inspector.show(point ?? null, document);
      };
    },
  );
}

/**
 * Why training stopped.
 * @param {import("../core/types.js").Catalog} catalog
 * @param {(name: string) => void} command
 */
function createNotice(catalog, command) {
  return createLater(
    ({ snapshot }) => Boolean(snapshot.message_parts),
    async () => {
      const { createStopNotice } = await import("../views/notices.js");
      const notice = createStopNotice(byId("diverged"), { catalog, command });
      return ({ snapshot, canEdit }) => notice.show(snapshot, canEdit);
    },
  );
}

/** What a hand on a plane does. @param {import("./actions.js").Actions} actions @returns {import("../views/plane/plane-view.js").PlaneActions} */
function planeActionsOf(actions) {
  return {
    onAdd: actions.addPoints,
    onMove: actions.editPoints,
    onDelete: actions.deletePoints,
    onSelect: actions.select,
    onChoose: actions.chooseClass,
    onCursor: actions.moveCursor,
    onGroup: actions.selectGroup,
    onDeleteGroup: actions.deleteSelected,
  };
}

/** @param {PageState} state */
function planeState({ document, regions, curves, selectedId, group, cursor, canEdit, tool, colours }) {
  return { document, regions, curves, selectedId, group, cursor, canEdit, tool, colours };
}

/** @param {import("../core/types.js").LabDocument} document */
function countPoints({ points }) {
  const test = points.filter((point) => point.held_out).length;
  return { training: points.length - test, test };
}

/** A page that may only watch: every control is off, and a note says why. @param {import("./actions.js").Actions} actions */
async function lock(actions) {
  for (const set of document.querySelectorAll("fieldset")) set.disabled = true;
  const scrolled = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".sheet, .net-body, .result-sheet")
  );
  for (const part of scrolled) part.tabIndex = 0; // nothing in them takes the focus any more, but keys still scroll
  const { createWatchingNotice } = await import("../views/notices.js");
  createWatchingNotice(byId("watching"), { onFork: actions.fork });
}
