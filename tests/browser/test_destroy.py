"""Each view of the page leaves nothing behind when it is destroyed: no listener, no observer, no element."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.browser.lab import Lab

# How each view of the page is made, in JavaScript; what is handed to it stands in a corner of the page of its own.
MAKERS = {
    "head": 'return make("header/header.js").createHeader(head, { ...wishes, maxLength: 10 });',
    "toolbar": 'return make("header/toolbar.js").createToolbar(host);',
    "theme": 'return make("header/theme.js").createTheme(button(), () => {});',
    "a phone's menu": 'return make("header/more-menu.js").createMoreMenu(button(), host, [button()]);',
    "run bar": 'return make("training-bar/run-bar.js").createRunBar(elements, { catalog });',
    "bar settings": """
      const places = { bar: host, sheet: elements.sheet };
      return make("training-bar/bar-settings.js").createBarSettings(places, { catalog });""",
    "data": 'return make("rail/data-panel.js").createDataPanel(elements, { catalog });',
    "settings": 'return make("rail/settings-sheet.js").createSettingsSheet(host, { catalog });',
    "tabs": 'return make("frame/tabs.js").createTabs(template("result-tabs"));',
    "arrangement": """
      const tabs = { railTabs: template("rail-tabs"), resultTabs: template("result-tabs") };
      const places = { ...elements, ...tabs, phoneTabs: template("phone-tabs"), body: window.document.body };
      return make("frame/arrangement.js").createArrangement(places);""",
    "network card and diagram": """
      const options = { catalog, openHealth() {}, changeNetwork() {}, weightRule: {} };
      const card = make("network/network-card.js").createNetworkCard(network, options);
      const diagram = make("network/network-diagram.js").createNetworkDiagram(card.board, wishes);
      card.show({ document, snapshot, canEdit: true });
      return { destroy() { diagram.destroy(); card.destroy(); } };""",
    "inside panel": """
      const card = make("network/network-card.js").createNetworkCard(network, { catalog, weightRule: {} });
      const { unit, health, warp, probe } = elements;
      const options = { board: card.board, sheets: { unit, health, warp, probe }, inputNames: ["x", "y"] };
      const panel = make("results/inside-panel.js").createInsidePanel({ ...options, onViews() {} });
      return { destroy() { panel.destroy(); card.destroy(); } };""",
    "unit card": 'return make("results/unit-card.js").createUnitCard(host, wishes);',
    "health": 'return make("results/layer-health.js").createLayerHealth(host);',
    "two units": 'return make("results/warp-view.js").createWarpView(host, wishes);',
    "confusion counts": 'return make("results/confusion-table.js").createConfusionTable(host);',
    "one point": 'return make("results/point-probe.js").createPointProbe(host, { activationLabel: String });',
    "results": """
      const places = { body: template("results-body"), tools: host };
      return make("results/results-panel.js").createResultsPanel(places);""",
    "chart": 'return make("results/chart.js").createChart(host, { onRead() {} });',
    "time": 'return make("results/time-panel.js").createTimePanel(elements, wishes);',
    "plane": """
      const plane = make("plane/plane-view.js").createPlaneView(host, wishes);
      const shown = { document, regions: null, curves: null, selectedId: null, group: [], cursor: null };
      plane.show({ ...shown, canEdit: true, tool: "select", colours });
      return plane;""",
    "groups": """
      const plane = make("plane/plane-view.js").createPlaneView(host, wishes);
      const access = { state: () => null, geometry: () => null };
      const groups = make("plane/plane-group.js").listenForGroups(host, access, wishes);
      return { destroy() { groups.destroy(); plane.destroy(); } };""",
    "overlay": 'return make("plane/plane-overlay.js").createPlaneOverlay(host, wishes);',
    "place on the plane": 'return make("plane/plane-probe.js").watchPlace(host, () => {});',
    "modes of the plane": """
      const places = { group: template("plane-modes"), list: elements.list };
      return make("plane/plane-modes.js").createPlaneModes(places, wishes);""",
    "classes": 'return make("plane/class-palette.js").createClassPalette(host, wishes);',
    "tools": 'return make("plane/tools.js").createTools(template("tools"), { ...wishes, keys: "" });',
    "zoom": """
      host.append(...["span", "button"].map((name) => host.ownerDocument.createElement(name)));
      const places = { closer: button(), wider: button(), fit: button(), outside: host };
      const zoom = make("plane/zoom.js").createZoom(places, wishes);
      return { destroy() { zoom.destroy(); host.replaceChildren(); } };""",
    "selected point": 'return make("plane/point-inspector.js").createPointInspector(host, wishes);',
    "phases": """
      const parts = [make("plane/phase-caption.js").createPhaseCaption(host),
                     make("plane/phase-lights.js").createPhaseLights(host)];
      return { destroy: () => parts.forEach((part) => part.destroy()) };""",
    "why training stopped": 'return make("notices.js").createStopNotice(host, { catalog });',
    "wall": 'return make("rooms/wall.js").createWall(host, wishes);',
    "tools of the wall": """
      const wish = { order: "joined", filter: "everyone", search: "", size: "fit" };
      return make("rooms/wall-tools.js").createWallTools(host, { wish, onWish() {} });""",
    "student of the wall": 'return make("rooms/member-panel.js").createMemberPanel(host, wishes);',
    "conducting": """
      const options = { choices: { presets: [], pages: [] }, screenUrlOf: String, actions: wishes };
      return make("rooms/conduct/conduct-bar.js").createConductBar(host, options);""",
    "student's bar": 'return make("rooms/student-bar.js").createStudentBar(host, wishes);',
    "cards of a room": 'return make("rooms/room-cards.js").createRoomCards(host, wishes);',
    "somebody's plane": 'return make("rooms/watch-view.js").createWatchView(host);',
    "projector": 'return make("rooms/screen.js").createScreen(host, { address: "", qr: "" });',
    "joining": 'return make("rooms/join-form.js").createJoinForm(host, { code: "", ...wishes });',
    "starting a room": """
      const options = { presets: [], own: [], chosen: "nothing", onStart() {} };
      return make("rooms/start-form.js").createStartForm(host, options);""",
}

# Makes and destroys a view so many times; returns what is left: listeners on what is still there, observers, elements.
LEFT = """async ([files, session, times]) => {
  const makers = MAKERS;
  const modules = {};
  for (const file of files) modules[file] = await import(`/static/js/views/${file}`);
  const { getCatalog } = await import("/static/js/api/endpoints.js");
  const { preparedCatalog } = await import("/static/js/core/catalog.js");
  const { readColours } = await import("/static/js/views/header/theme.js");
  const given = {
    make: (file) => modules[file],
    catalog: preparedCatalog(await getCatalog()),
    colours: readColours(),
    document: session.document,
    snapshot: session.snapshot,
    wishes: new Proxy({}, { get: () => () => {} }),
  };
  const left = {};
  for (const [name, make] of Object.entries(makers)) {
    const corner = add(window.document.body, "div");
    const all = { ...given, ...places(corner) };
    const count = counting();
    const elements = window.document.querySelectorAll("*").length;
    for (let i = 0; i < times; i++) await make(all).destroy();
    left[name] = { ...count.end(), elements: window.document.querySelectorAll("*").length - elements };
    corner.remove();
  }
  return left;

  function add(parent, tag) {
    return parent.appendChild(window.document.createElement(tag));
  }

  function places(corner) {
    const host = add(corner, "div");
    host.style.width = host.style.height = "400px";
    host.style.position = "relative";
    const named = (tags) => Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, add(corner, tag)]));
    const network = named({ card: "div", layerCount: "div", size: "button", diagram: "div" });
    network.sheet = add(network.diagram, "div");
    Object.assign(network, { heads: add(network.sheet, "fieldset"), feet: add(network.sheet, "div") });
    const divs = "word speed steps epochs task datasets more moreFields legend open bar moment plane unit health warp";
    const buttons = "run step reset clear renew back epoch slowMotion enlarge taller allSettings";
    const elements = {
      ...named(Object.fromEntries([...`${divs} probe title sheet`.split(" ").map((name) => [name, "div"])])),
      ...named(Object.fromEntries(buttons.split(" ").map((name) => [name, "button"]))),
      ...named({ slider: "input", settings: "fieldset", list: "select" }),
    };
    const head = named({ title: "input", connection: "p", busy: "p", undo: "button", redo: "button" });
    const template = (id) => window.document.getElementById(id);
    return { host, network, elements, head, template, button: () => elements.run };
  }

  function counting() {
    const listeners = new Map();
    let observers = 0;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const key = (type, options) => `${type} ${Boolean(options?.capture ?? options)}`;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const of = listeners.get(this) ?? new Map();
      listeners.set(this, of.set(listener, key(type, options)));
      return addEventListener.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      listeners.get(this)?.delete(listener);
      return removeEventListener.call(this, type, listener, options);
    };
    for (const kind of [ResizeObserver, IntersectionObserver, MutationObserver]) {
      const { observe, disconnect } = kind.prototype;
      const open = new Set();
      kind.prototype.observe = function (...args) {
        observers += open.has(this) ? 0 : 1;
        open.add(this);
        return observe.apply(this, args);
      };
      kind.prototype.disconnect = function () {
        observers -= open.delete(this) ? 1 : 0;
        return disconnect.call(this);
      };
    }
    return {
      end() {
        Object.assign(EventTarget.prototype, { addEventListener, removeEventListener });
        const stays = (target) => !(target instanceof Node) || target.isConnected;
        const left = [...listeners].filter(([target]) => stays(target)).flatMap(([, of]) => [...of.values()]);
        return { listeners: left, observers };
      },
    };
  }
}"""


NOTHING: dict[str, Any] = {"listeners": [], "observers": 0, "elements": 0}
GIVEN = "{ make, catalog, colours, document, snapshot, wishes, host, network, elements, head, template, button }"


def test_views_that_are_made_and_destroyed_a_hundred_times_leave_nothing(quiet_lab: Lab) -> None:
    session = quiet_lab.server.get(f"/api/v1/sessions/{quiet_lab.session_id}")
    files = sorted({file for maker in MAKERS.values() for file in re.findall(r'make\("([^"]+)"\)', maker)})
    makers = ", ".join(f"{json.dumps(name)}: ({GIVEN}) => {{ {maker} }}" for name, maker in MAKERS.items())
    left = quiet_lab.page.evaluate(LEFT.replace("MAKERS", f"{{ {makers} }}"), [files, session, 100])
    assert left == dict.fromkeys(MAKERS, NOTHING)
