"""Each view of the network's and the results' cards leaves nothing behind: no listener, no observer, no element."""

from __future__ import annotations

import re

import pytest

from tests.browser.lab import Lab

MAKERS = {
    "network card and diagram": """
      const options = { catalog, openHealth() {}, changeNetwork() {}, weightRule: {} };
      const card = make("network/network-card.js").createNetworkCard(places, options);
      const diagram = make("network/network-diagram.js").createNetworkDiagram(card.board, wishes);
      card.show({ document, snapshot, canEdit: true });
      return { destroy() { diagram.destroy(); card.destroy(); } };""",
    "unit card": 'return make("results/unit-card.js").createUnitCard(host, wishes);',
    "health": 'return make("results/layer-health.js").createLayerHealth(host);',
    "two units": 'return make("results/warp-view.js").createWarpView(host, wishes);',
    "confusion counts": 'return make("results/confusion-table.js").createConfusionTable(host);',
    "one point": 'return make("results/point-probe.js").createPointProbe(host, { activationLabel: String });',
    "results": 'return make("results/results-panel.js").createResultsPanel({ body: figures, tools: host });',
    "chart": 'return make("results/chart.js").createChart(host, { onRead() {} });',
}

# Makes and destroys a view so many times; returns what is left: listeners on what is in the page, observers, elements.
LEFT = """async ([files, session, times]) => {
  const makeView = ({ make, catalog, document, snapshot, wishes, host, places, figures }) => { MAKER };
  const modules = {};
  for (const file of files) modules[file] = await import(`/static/js/views/${file}`);
  const { getCatalog } = await import("/static/js/api/endpoints.js");
  const { preparedCatalog } = await import("/static/js/core/catalog.js");
  const given = {
    make: (file) => modules[file],
    catalog: preparedCatalog(await getCatalog()),
    document: session.document,
    snapshot: session.snapshot,
    wishes: new Proxy({}, { get: () => () => {} }),
    ...hosts(),
  };
  const count = counting();
  const elements = window.document.querySelectorAll("*").length;
  for (let i = 0; i < times; i++) {
    await makeView(given).destroy();
  }
  const left = { ...count.end(), elements: window.document.querySelectorAll("*").length - elements };
  return left;

  function hosts() {
    const add = (parent, tag) => parent.appendChild(window.document.createElement(tag));
    const host = add(window.document.body, "div");
    host.style.width = host.style.height = "400px";
    const [card, layerCount, size, diagram] = ["div", "div", "button", "div"].map((tag) => add(host, tag));
    const sheet = add(diagram, "div");
    const places = { card, layerCount, size, diagram, sheet, heads: add(sheet, "fieldset"), feet: add(sheet, "div") };
    const figures = window.document.getElementById("results-body");
    return { host: add(window.document.body, "div"), places, figures };
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


@pytest.mark.parametrize("name", MAKERS)
def test_a_view_that_is_made_and_destroyed_a_hundred_times_leaves_nothing(quiet_lab: Lab, name: str) -> None:
    session = quiet_lab.server.get(f"/api/v1/sessions/{quiet_lab.session_id}")
    files = re.findall('make."([^"]+)".', MAKERS[name])
    left = quiet_lab.page.evaluate(LEFT.replace("MAKER", MAKERS[name]), [files, session, 100])
    assert left == {"listeners": [], "observers": 0, "elements": 0}
