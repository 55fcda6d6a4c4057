"""What a start, a page, a session and a frame cost: `python -m tests.load.start`."""

from __future__ import annotations

import statistics
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from nnlab.document.models import parse_document
from nnlab.fleet.frames import event
from nnlab.session.apply import apply
from nnlab.session.commands import MakeDataset
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.want import PLAIN, Want
from nnlab.session.session import Session
from tests.browser.chromium import executable
from tests.browser.lab import Lab
from tests.load.__main__ import HIDDEN, make_session, server_processes
from tests.serving import Server

REPEATS = 5
SESSIONS = 100
SETTLE_S = 3.0
ALL = ("regions", "scores", "units", "warp", "weights")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        seconds = [first_page_s(Path(folder)) for _ in range(REPEATS)]
        print(f"cold start to the first page, s: {statistics.median(seconds):.2f}")
        server = Server(Path(folder)).start()
        try:
            received, requests = first_visit(server)
            print(f"page over the wire, with headers: {received / 1000:.0f} KB in {requests} requests")
            print(f"memory of a session in the runner, KB: {session_kb(server):.0f}")
        finally:
            server.stop()
    for name, want in (("frame", PLAIN), ("frame with all parts", Want(ALL))):
        made_ms, size = frame_cost(want)
        print(f"{name}, 2-20-20-2: made and compressed in {made_ms:.2f} ms, {size / 1000:.1f} KB")


def frame_cost(want: Want) -> tuple[float, float]:
    """Medians over 300 frames, 10 steps apart: milliseconds to make and compress one, and its bytes."""
    session = Session(parse_document({"network": {"hidden": HIDDEN}, "training": {"learning_rate": 0.05}}))
    apply(MakeDataset(name="spiral"), session)
    times, sizes = [], []
    for _ in range(300):
        session.advance(10)
        began = time.perf_counter()
        piece = event("frame", snapshot(session) | Parts(session).of(want))
        times.append(time.perf_counter() - began)
        sizes.append(len(piece))
    return 1000 * statistics.median(times), statistics.median(sizes)


def first_page_s(folder: Path) -> float:
    """Seconds from starting the server's process to the first whole page."""
    server = Server(folder)
    began = time.monotonic()
    server.spawn()
    while True:
        try:
            with urllib.request.urlopen(server.url + "/", timeout=5) as page:
                page.read()
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    took = time.monotonic() - began
    server.wait_until_ready()
    server.stop()
    return took


def first_visit(server: Server) -> tuple[int, int]:
    """What a browser with an empty cache receives until the page works: bytes with headers, and requests."""
    sizes: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        page = browser.new_page()
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        Lab(page, server).open()
        page.wait_for_timeout(1000 * SETTLE_S)  # what comes after the page works counts too
        browser.close()
    return round(sum(sizes)), len(sizes)


def session_kb(server: Server) -> float:
    """Growth of the runners' memory with 100 running 2-20-20-2 sessions of 200 points, over 100."""
    runners = server_processes(server)[1:]
    make_session(server, 0)  # the first one loads and fills what all share
    time.sleep(SETTLE_S)
    before = sum(runner.memory_info().rss for runner in runners)
    for seed in range(SESSIONS):
        make_session(server, seed)
    time.sleep(SETTLE_S)
    return (sum(runner.memory_info().rss for runner in runners) - before) / SESSIONS / 1000


if __name__ == "__main__":
    main()
