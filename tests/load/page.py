"""`make measure-page`: what the page in the browser costs while a network trains and everything is on screen.

Prints the first screen's figures (first picture, sizes, words, shifts), then, for a small and for the largest network:
interaction to next paint (Event Timing, the longest event of each interaction), long tasks of the main thread, what a
frame takes on the wire and in the runner, and what a minute of training adds to the page's memory after garbage
collection. Chromium without a graphics card paints on the processor, so these figures are upper bounds.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from nnlab.document.models import parse_document
from nnlab.fleet.frames import event
from nnlab.session.apply import apply
from nnlab.session.commands import MakeDataset
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.want import Want
from nnlab.session.session import Session
from tests.browser.chromium import executable
from tests.browser.lab import Lab
from tests.browser.test_first_screen import WORDS
from tests.browser.test_first_visit import PAINTED, SENT, SHIFTS, SIZE
from tests.serving import Server

WINDOW = {"width": 1366, "height": 768}
VISITS = 5
FRAMES = 200
SHOWN = Want(("regions", "units", "weights"))  # what the page asks for
NETWORKS = {"2-20-20-2": [20, 20], "2-8x128-2": [128] * 8}
SETTLE_MS = 3000  # code that is fetched on demand has arrived, caches are warm
ROUNDS = 8
PAUSE_MS = 150  # between two interactions, as a quick hand makes them

OBSERVE = """() => {
  window.measured = { interactions: {}, longTasks: [] };
  const { interactions, longTasks } = window.measured;
  new PerformanceObserver((list) => {
    for (const { interactionId: id, duration, name } of list.getEntries())
      if (id && duration > (interactions[id]?.duration ?? 0)) interactions[id] = { duration, name };
  }).observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  }).observe({ type: "longtask" });
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make measure-page")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to train for the memory figure")
    parser.add_argument("--network", choices=NETWORKS, action="append", help="only this one")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        try:
            print_all(f"first screen, {processor()}", first_screen(browser, server))
            for name in arguments.network or NETWORKS:
                units = NETWORKS[name]
                print_all(name, frame_figures(units) | measure(browser, server, units, arguments.seconds))
        finally:
            browser.close()
            server.stop()


def print_all(title: str, figures: dict[str, Any]) -> None:
    """A title and a line for each figure."""
    print(title)
    for figure, value in figures.items():
        print(f"  {figure:45} {value}", flush=True)


def processor() -> str:
    """What the figures were measured on."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return names[0].partition(":")[2].strip() if names else platform.processor()


def first_screen(browser: Browser, server: Server) -> dict[str, Any]:
    """What a visitor meets who opens an experiment for the first time, over some visits."""
    session = make_session(server, NETWORKS["2-20-20-2"])
    painted, shifts, figures = [], [], {}
    for _ in range(VISITS):
        context = browser.new_context(viewport={**WINDOW})
        lab = Lab(context.new_page(), server).open(f"/s/{session}")
        lab.wait_for(lambda lab=lab: lab.step > 100, "steps")  # type: ignore[misc]
        painted.append(lab.page.evaluate(PAINTED))
        shifts.append(lab.page.evaluate(SHIFTS))
        box = lab.page.locator("#plane").bounding_box()
        figures = {
            "plane, px": box and round(box["width"]),
            "words": len(lab.page.evaluate(WORDS)),
            "scripts, KB": round(lab.page.evaluate(SIZE, [".js", SENT]) / 1000),
        }
        context.close()
    return {
        "first picture, ms: median, longest": [round(statistics.median(painted)), round(max(painted))],
        "layout shift, largest": round(max(shifts), 4),
        **figures,
    }


def frame_figures(units: list[int]) -> dict[str, Any]:
    """What a frame of the page takes on the wire and in a runner, with all that goes into it."""
    session = Session(parse_document(document_with(units)))
    apply(MakeDataset(name="spiral"), session)
    session.advance(500)
    sizes, times = [], []
    for _ in range(FRAMES):
        session.advance(1)
        began = time.perf_counter()
        piece = event("frame", snapshot(session) | Parts(session).of(SHOWN))
        times.append(1000 * (time.perf_counter() - began))
        sizes.append(len(piece))
    return {
        "a frame, KB": round(statistics.median(sizes) / 1000, 1),
        "a frame in the runner, ms": round(statistics.median(times), 2),
    }


def document_with(units: list[int]) -> dict[str, Any]:
    """The document of a network with these hidden layers."""
    return {"network": {"hidden": [{"units": count} for count in units]}, "training": {"optimizer": "adam"}}


def make_session(server: Server, units: list[int]) -> str:
    """A running spiral."""
    session: str = server.post("/api/v1/sessions", document_with(units))["id"]
    server.post(f"/api/v1/sessions/{session}/dataset", {"name": "spiral"})
    server.post(f"/api/v1/sessions/{session}/run")
    return session


def measure(browser: Browser, server: Server, units: list[int], seconds: float) -> dict[str, Any]:
    """Open a running session with everything on screen, use it for a while, then watch it train."""
    page = browser.new_page(viewport={**WINDOW})
    lab = Lab(page, server).open(f"/s/{make_session(server, units)}")
    page.wait_for_timeout(SETTLE_MS)
    page.evaluate(OBSERVE)
    use(lab)
    measured = page.evaluate("window.measured")
    memory = watch_memory(page, seconds)
    page.close()
    return describe(measured) | memory


def use(lab: Lab) -> None:
    """What a person does, over and over: points, a tool, settings, a unit, a key."""
    page = lab.page
    actions: list[Callable[[int], object]] = [
        lambda turn: lab.click(-5 + turn, 5),
        lambda turn: page.locator("#plane-modes label").nth(turn % 3).click(),
        lambda turn: lab.choice("Activation").press("ArrowDown" if turn % 2 else "ArrowUp"),
        lambda turn: lab.slider("L2 strength").press("ArrowRight"),
        lambda turn: page.locator(".unit-tile").nth(turn).click(),
        lambda turn: page.locator("#undo").click(),
    ]
    for turn in range(ROUNDS):
        for act in actions:
            act(turn)
            page.wait_for_timeout(PAUSE_MS)


def describe(measured: dict[str, Any]) -> dict[str, Any]:
    """The figures of the interactions and of the main thread."""
    durations = sorted(entry["duration"] for entry in measured["interactions"].values())
    tasks = sorted(measured["longTasks"])
    slowest = max(measured["interactions"].values(), key=lambda entry: entry["duration"], default={"name": "none"})
    return {
        "interactions over 16 ms": len(durations),
        "interaction to next paint, p50, p95, max, ms": [
            round(statistics.median(durations)),
            round(durations[int(0.95 * (len(durations) - 1))]),
            round(durations[-1]),
        ],
        "slowest interaction": slowest["name"],
        "tasks over 50 ms: count, longest in ms": [len(tasks), round(tasks[-1]) if tasks else 0],
    }


def watch_memory(page: Page, seconds: float) -> dict[str, Any]:
    """Heap, DOM nodes and listeners before and after a stretch of training, each after garbage collection."""
    client = page.context.new_cdp_session(page)
    client.send("Performance.enable")
    before = counters(client)
    page.wait_for_timeout(seconds * 1000)
    after = counters(client)
    figures = {
        f"{name} before, after {seconds:g} s": [before[name], after[name]]
        for name in ("heap, MB", "DOM nodes", "listeners")
    }
    busy = (after["busy, s"] - before["busy, s"]) / seconds
    return figures | {"main thread busy, percent": round(100 * busy)}


def counters(client: CDPSession) -> dict[str, Any]:
    """The browser's own counters, with nothing left to collect."""
    client.send("HeapProfiler.collectGarbage")
    found = {metric["name"]: metric["value"] for metric in client.send("Performance.getMetrics")["metrics"]}
    return {
        "heap, MB": round(found["JSHeapUsedSize"] / 2**20, 2),
        "DOM nodes": int(found["Nodes"]),
        "listeners": int(found["JSEventListeners"]),
        "busy, s": found["TaskDuration"],
    }


if __name__ == "__main__":
    main()
