// What a person can do on the playground, each as one function: turns wishes of the views into changes of the experiment.

import { getHistory } from "../api/endpoints.js";
import { LETTERS } from "../core/comparison.js";
import { patchAt } from "../core/merge-patch.js";
import { className } from "../views/plane/class-mark.js";
import { formatCoordinate, formatCount } from "../core/format.js";
import { t, tn } from "../core/messages.js";
import { seriesOf } from "../core/series.js";
import { createWeightRule } from "./weight-rule.js";
import { addressHere } from "./open-session.js";

/** @typedef {ReturnType<typeof createActions>} Actions */

/**
 * @typedef {{store: ReturnType<typeof import("../core/store.js").createStore<import("./playground.js").PageState>>,
 *   experiment: ReturnType<typeof import("../api/panels.js").openPanels>,
 *   catalog: import("../core/types.js").Catalog,
 *   announcer: ReturnType<typeof import("../views/announcer.js").createAnnouncer>,
 *   toasts: ReturnType<typeof import("../views/toasts.js").createToasts>,
 *   allows: (change: import("../core/changes.js").Change) => boolean}} Parts
 */
/** @typedef {Parts & {change: (change: import("../core/changes.js").Change) => boolean, group: () => number[]}} Tools */

/** @param {Parts} parts */
export function createActions(parts) {
  const { store, experiment, allows } = parts;

  /** Make a change if it may be made; say whether it was. @param {import("../core/changes.js").Change} change */
  const change = (change) => {
    const isAllowed = store.get().canEdit && allows(change);
    if (isAllowed) experiment.change(change);
    return isAllowed;
  };

  /** The selected points that are still there. */
  const group = () => {
    const { group: ids, document } = store.get();
    const there = new Set(document.points.map(({ id }) => Number(id)));
    return ids.filter((id) => there.has(experiment.real(id)));
  };

  const tools = { ...parts, change, group };
  return {
    allows,
    change,
    group,
    ...settingActions(tools),
    ...trainingActions(tools),
    ...pointActions(tools),
    ...selectionActions(tools),
    ...copyActions(tools),
  };
}

/** What is set. @param {Tools} tools */
function settingActions({ store, catalog, change, toasts, experiment }) {
  const losses = catalog.fields["network.loss"].choices ?? [];
  const weightRule = createWeightRule({ store, toasts });
  const isAlone = () => experiment.panels().length === 1;

  /** @param {string} path @param {any} value */
  const setField = (path, value) => {
    const patch = patchAt(path, value);
    const isAfresh = weightRule.startsAfresh(patch);
    const isRunning = store.get().snapshot.state === "running";
    if (!change({ kind: "patch", patch, ...(isAfresh && isAlone() && { isAfresh }) })) return;
    weightRule.tell(patch);
    if (!isAfresh) return;
    if (!isAlone()) change({ kind: "command", name: "reset" }); // all of them, as they stay at one step
    if (isRunning) change({ kind: "command", name: "run" });
  };
  return {
    weightRule,
    setField,

    /** @param {import("../core/changes.js").WeightEntry} entry */
    setWeight: (entry) => change({ kind: "weight", entry }),

    /** A change of the network as it is by now; what a control shows may be a moment older. @param {(network: import("../core/types.js").Network) => Partial<import("../core/types.js").Network>} of */
    changeNetwork: (of) => setField("network", of(store.get().document.network)),

    /** @param {number} classes */
    async setClasses(classes) {
      const { patchForClasses } = await import("../core/task-changes.js");
      const { document, chosenClass } = store.get();
      const patch = patchForClasses(document, classes, losses, catalog.datasets);
      if (!change({ kind: "patch", patch })) return;
      if (chosenClass >= classes) store.update({ chosenClass: 0 });
    },

    /** @param {string} task */
    async setTask(task) {
      const { patchForTask } = await import("../core/task-changes.js");
      const patch = patchForTask(catalog.defaults, task, losses, catalog.datasets, store.get().document.dataset);
      if (!change({ kind: "patch", patch })) return;
      store.update({ chosenClass: 0, selectedId: null });
    },
  };
}

/** How it runs. @param {Tools} tools */
function trainingActions({ store, toasts, change }) {
  const tellOfBranch = createBranchNote(toasts);
  return {
    /** @param {string} name run, pause, step, reset, undo, redo, dataset @param {object} [body] */
    command(name, body) {
      const isWaiting = name === "run" && !store.get().document.points.some((point) => !point.held_out);
      if (isWaiting) toasts.show(t("There is nothing to learn from yet. Click the plane to add points."), "note");
      const { snapshot } = store.get();
      if (change({ kind: "command", name, body })) tellOfBranch(name, snapshot);
    },

    /** As many updates as one pass over the training points takes. */
    stepEpoch() {
      const { points, training } = store.get().document;
      const count = points.filter((point) => !point.held_out).length;
      change({ kind: "command", name: "step", body: { steps: Math.max(1, Math.ceil(count / training.batch_size)) } });
    },
  };
}

/** Says, the first time that something leaves a course behind, that it is not lost. @param {Parts["toasts"]} toasts */
function createBranchNote(toasts) {
  let isTold = false;
  /** @param {string} name of a command @param {import("../core/types.js").Snapshot} snapshot it finds */
  return (name, { step, last_step }) => {
    const leaves = ["step", "run"].includes(name) ? (last_step ?? 0) > step : name === "reset" && step > 0;
    if (isTold || !leaves) return;
    isTold = true;
    const last = formatCount(Math.max(step, last_step ?? 0));
    toasts.show(t("The course up to step {step} is kept: Undo brings it back.", { step: last }), "note");
  };
}

/** What is done to points. @param {Tools} tools */
function pointActions({ store, announcer, change, group }) {
  let temporaryId = 0;

  /** @param {number[]} ids @param {number} [gesture] */
  const deletePoints = (ids, gesture) => {
    if (!change({ kind: "remove", ids, gesture })) return;
    store.update({ selectedId: null, group: [] });
    announcer.say(tn("1 point deleted", "{count} points deleted", ids.length));
  };

  return {
    deletePoints,

    /** Add points; they get temporary ids until the server names them. @param {{x: number, y: number}[]} places @param {number} [gesture] */
    addPoints(places, gesture) {
      const { chosenClass: label, document } = store.get();
      const fields = { label, held_out: false, ...valueOf(label, document.task) };
      const points = places.map((place) => ({ ...place, ...fields, id: --temporaryId }));
      if (!change({ kind: "add", points, gesture })) return;
      const { x, y } = points[points.length - 1];
      announcer.say(
        t("Added {mark} at {x}, {y}", {
          mark: className(label, document.class_names),
          x: formatCoordinate(x),
          y: formatCoordinate(y),
        }),
      );
    },

    /** @param {import("../core/grouping.js").Edit[]} edits @param {number} [gesture] */
    editPoints: (edits, gesture) => change({ kind: "edit", edits, gesture }),

    deleteSelected() {
      const { selectedId } = store.get();
      if (group().length) deletePoints(group());
      else if (selectedId !== null) deletePoints([selectedId]);
    },

    clearPoints() {
      if (!change({ kind: "clear" })) return;
      store.update({ selectedId: null });
    },
  };
}

/** What is selected and chosen. @param {Tools} tools */
function selectionActions({ store, announcer, change, group }) {
  return {
    /** @param {number[]} ids */
    selectGroup(ids) {
      store.update({ group: ids, selectedId: null });
      announcer.say(tn("1 point selected", "{count} points selected", ids.length));
    },

    /** @param {number|null} selectedId */
    select: (selectedId) => store.update({ selectedId, group: [] }),

    /** @param {import("../views/plane/tools.js").Tool} tool */
    chooseTool: (tool) => store.update({ tool, selectedId: null, group: [] }),

    /** @param {number} chosenClass */
    chooseClass(chosenClass) {
      const { document } = store.get();
      store.update({ chosenClass });
      if (!group().length || document.task === "curve_fitting") return;
      const fields = { label: chosenClass, ...valueOf(chosenClass, document.task) };
      change({ kind: "edit", edits: group().map((id) => ({ id, fields })) });
    },

    /** @param {{x: number, y: number}|null} cursor */
    moveCursor(cursor) {
      store.update({ cursor });
      if (cursor) announcer.say(`${formatCoordinate(cursor.x)}, ${formatCoordinate(cursor.y)}`);
    },
  };
}

/** Copies of the experiment. @param {Tools} tools */
function copyActions({ experiment, toasts }) {
  /** @param {() => Promise<void>} work */
  const attempt = (work) => work().catch((problem) => toasts.show(problem.message));
  const copied = () => experiment.fork((words) => toasts.show(words, "note"));
  let underWay = 0; // copies that will stand beside the others
  return {
    fork: () =>
      attempt(async () => {
        const copy = await copied();
        location.assign(addressHere(String(copy.id)));
      }),

    /** Put a fork of the chosen one beside it, from the same step; both go on as they stand. */
    compare: () =>
      attempt(async () => {
        if (experiment.panels().length + underWay >= LETTERS.length) return;
        underWay += 1;
        try {
          const session = await copied();
          experiment.add({ session, series: seriesOf(await getHistory(String(session.id))) });
        } finally {
          underWay -= 1;
        }
      }),
  };
}

/** A point's target value in surface fitting: blue is 1, orange -1. @param {number} label @param {string} task */
const valueOf = (label, task) => (task === "surface_fitting" ? { value: 1 - 2 * label } : {});
