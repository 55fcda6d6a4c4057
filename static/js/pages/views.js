// Makes the playground's views in their places on the page and hands each of them its part of the state.

import { createClassPalette } from "../views/plane/class-palette.js";
import { createDataPanel } from "../views/rail/data-panel.js";
import { byId } from "../views/dom.js";
import { lazyView, lazyViewIn } from "../views/lazy.js";
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
import {
  dataPlaces,
  networkPlaces,
  resultPlaces,
  runPlaces,
  serverParts,
  settingPlaces,
  timePlaces,
  zoomPlaces,
} from "./places.js";
import { followMarks } from "./marks.js";

/**
 * @typedef {{catalog: import("../core/types.js").Catalog, actions: import("./actions.js").Actions,
 *   session: import("../core/types.js").SessionReply, real: (id: number) => number, openResults: (sheet: string) => void}} Parts
 */
/** Views that stand together, as one. @typedef {{show: (state: PageState) => void}} Group */

/** @param {Parts} parts */
export function createViews(parts) {
  const planeActions = planeActionsOf(parts.actions);
  const network = createNetwork(parts);
  const groups = [
    createTraining(parts),
    createSettings(parts),
    createStage(parts, planeActions),
    createResults(parts),
    network,
    createStopView(parts),
  ];
  if (!parts.session.id) lock(parts.actions);
  return {
    planeActions,
    board: network.board,
    /** @param {PageState} state */
    show: (state) => groups.forEach((group) => group.show(state)),
  };
}

/** The head and the training bar. @param {Parts} parts @returns {Group} */
function createTraining({ catalog, actions }) {
  const header = createHead({ catalog, actions });
  const runBar = createRunBar(runPlaces(), { catalog, setField: actions.setField, command: actions.command });
  return {
    show({ document, snapshot, connection, canEdit }) {
      header.show(document, snapshot, connection, canEdit);
      runBar.show(snapshot, document);
    },
  };
}

/** What follows the document alone: data, settings, view. @param {Parts} parts @returns {Group} */
function createSettings({ catalog, actions }) {
  const { setField, setClasses, setTask, clearPoints, command } = actions;
  const setNames = (/** @type {string[]} */ names) => setField("class_names", names);
  const makeDataset = (/** @type {Record<string, any>} */ request) => command("dataset", request);
  const holdOut = (/** @type {object} */ request) => command("held_out", request);
  const views = [
    createDataPanel(dataPlaces(), { catalog, setClasses, setTask, setNames, clearPoints, makeDataset, holdOut }),
    createBarSettings(settingPlaces(), { catalog, setField }),
    createZoom(zoomPlaces(), { setField, fit: () => command("fit") }),
    lazyViewIn(byId("sheet-settings"), async () => {
      const { createSettingsSheet } = await import("../views/rail/settings-sheet.js");
      return createSettingsSheet(byId("settings"), { catalog, setField });
    }),
  ];
  /** @type {import("../core/types.js").LabDocument|null} */
  let shown = null;
  return {
    show({ document }) {
      if (document === shown) return;
      shown = document;
      for (const view of views) view.show(document);
    },
  };
}

/** The plane and what is done on it. @param {Parts} parts @param {import("../views/plane/plane-view.js").PlaneActions} planeActions @returns {Group} */
function createStage({ actions, real }, planeActions) {
  const plane = createPlaneView(byId("plane"), planeActions);
  const palette = createClassPalette(byId("palette"), { onChoose: actions.chooseClass });
  createTools(byId("tools"), { onChoose: actions.chooseTool, keys: byId("plane-keys").textContent ?? "" });
  const inspector = createInspector(actions, real);
  const hint = createPlaneHint(byId("plane-hint"));
  const away = createAwayNotice(byId("away"), serverParts());
  return {
    show(state) {
      const { document } = state;
      hint.show(document.points.length === 0 && state.canEdit ? state.tool : null);
      const selectedId = state.selectedId === null ? null : real(state.selectedId);
      const group = state.group.length ? actions.group().map(real) : state.group;
      plane.show(planeState({ ...state, selectedId, group }));
      palette.show(
        document.task === "curve_fitting" ? 0 : document.classes,
        state.chosenClass,
        document.task === "classification" ? document.class_names : [],
      );
      inspector.show(state);
      away.show(state.connection);
    },
  };
}

/** Loss, accuracy and the way through time. @param {Parts} parts @returns {Group} */
function createResults({ catalog, actions: { command, stepEpoch, setField } }) {
  const marks = followMarks({ fields: catalog.fields, onMarks: () => last && showFigures(last) });
  const figures = createResultsPanel(resultPlaces());
  const setPace = (/** @type {number} */ value) => setField("pace.steps_per_second", value);
  const time = createTimePanel(timePlaces(), { command, stepEpoch, setPace });
  /** @type {PageState|null} */
  let last = null;
  /** @param {PageState} state */
  const showFigures = (state) => figures.show(state, countPoints(state.document), marks.of(state));
  return {
    show(state) {
      showFigures(state);
      time.show(state.snapshot, state.canEdit, state.document.pace);
      last = state;
    },
  };
}

/** @param {Parts} parts */
function createNetwork({ catalog, actions: { changeNetwork, weightRule }, openResults }) {
  const openHealth = () => openResults("health");
  return createNetworkCard(networkPlaces(), { catalog, changeNetwork, weightRule, openHealth });
}

/** @typedef {import("./playground.js").PageState} PageState */

/**
 * A view whose code is fetched when the state asks for it first.
 * @param {(state: PageState) => boolean} isWanted
 * @param {() => Promise<(state: PageState) => void>} load
 */
function createLater(isWanted, load) {
  const view = lazyView(async () => ({ show: await load() }));
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

/** Why training stopped. @param {Parts} parts @returns {Group} */
function createStopView({ catalog, actions: { command } }) {
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
    onView: (view) => actions.setField("view", view),
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
