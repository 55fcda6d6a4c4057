"""The page in a frame on a page of others."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import FrameLocator, Page

from tests.browser.expecting import expect
from tests.browser.inside import parts_in, streams
from tests.serving import Server


class Notes:
    """Course notes on another origin: one page with one frame."""

    def __init__(self) -> None:
        self.framed = ""
        notes = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(f'<h1>Notes</h1><link rel="icon" href="data:,">{notes.framed}'.encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def show(self, page: Page, address: str) -> FrameLocator:
        """Open the notes with a frame of this address."""
        self.framed = f'<iframe src="{address}" width="480" height="760"></iframe>'
        page.goto(self.url)
        return page.frame_locator("iframe")


@pytest.fixture
def notes() -> Iterator[Notes]:
    found = Notes()
    yield found
    found.server.shutdown()
    found.server.server_close()


def test_a_frame_shows_a_fresh_example_that_trains(
    page: Page, server: Server, notes: Notes, console_errors: list[str]
) -> None:
    asked = streams(page)
    frame = notes.show(page, f"{server.url}/embed")
    expect(frame.get_by_role("button", name="Pause")).to_be_visible()
    expect(frame.locator("#plane .points")).to_be_visible()
    for hidden in (".rail", "#network-card", ".bar-settings"):
        expect(frame.locator(hidden)).to_be_hidden()
    expect(frame.get_by_role("dialog")).to_be_hidden()  # no tour
    link = frame.get_by_role("link", name="Open in NNLab")
    expect(link).to_have_attribute("href", re.compile(r"^/s/e"))
    frame.get_by_role("button", name="Pause").click()
    expect(frame.get_by_role("button", name="Run")).to_be_visible()
    assert [parts_in(stream) for stream in asked] == [["regions"]], "no diagram: nothing of units and weights"


def test_a_frame_of_a_session_shows_chosen_parts_and_a_fork_stays_in_the_frame(
    page: Page, server: Server, notes: Notes, console_errors: list[str]
) -> None:
    session = server.post("/api/v1/sessions", {"training": {"learning_rate": 0.125}})
    frame = notes.show(page, f"{server.url}/embed/{session['view_id']}?show=training&hide=results")
    expect(frame.get_by_role("textbox", name="Learning rate")).to_have_value("0.125")
    expect(frame.locator("#results-card")).to_be_hidden()
    expect(frame.get_by_role("textbox", name="Learning rate")).to_be_disabled()  # a link to watch
    frame.get_by_role("button", name="Fork").click()
    expect(frame.get_by_role("textbox", name="Learning rate")).to_be_enabled()
    expect(frame.get_by_role("textbox", name="Learning rate")).to_have_value("0.125")


def test_every_other_page_refuses_to_be_framed(page: Page, server: Server, notes: Notes) -> None:
    frame = notes.show(page, f"{server.url}/")
    page.wait_for_load_state()
    expect(frame.locator("#plane")).to_have_count(0)


def test_it_works_where_nothing_may_be_remembered(page: Page, server: Server, console_errors: list[str]) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page.goto(f"{server.url}/embed")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


IS_PLANE_OVER_WAY_OUT = """() => {
  const words = document.createRange();
  words.selectNodeContents(document.querySelector(".open-whole"));
  const [a, b] = [words, document.querySelector("#plane")].map((part) => part.getBoundingClientRect());
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}"""


def test_the_way_out_is_in_sight_in_a_frame_of_any_shape(page: Page, server: Server) -> None:
    for parts in ("", "?show=network,data"):
        page.goto(f"{server.url}/embed{parts}")
        expect(page.get_by_role("button", name="Pause")).to_be_visible()
        for width, height in ((480, 760), (480, 400), (740, 400), (800, 600), (900, 850), (1200, 700)):
            page.set_viewport_size({"width": width, "height": height})
            for part in (page.locator("#plane"), page.get_by_role("link", name="Open in NNLab")):
                expect(part).to_be_in_viewport(ratio=0.99)
            assert not page.evaluate(IS_PLANE_OVER_WAY_OUT), (width, height)


def test_eight_frames_on_a_page_all_train_and_can_be_worked_with(page: Page, server: Server, notes: Notes) -> None:
    sessions = [server.post("/api/v1/sessions", {"dataset": {"name": "moons", "points": 40}}) for _ in range(8)]
    notes.framed = "".join(
        f'<iframe src="{server.url}/embed/{session["id"]}" width="300" height="560"></iframe>' for session in sessions
    )
    page.goto(notes.url)
    for index in range(8):
        frame = page.frame_locator("iframe").nth(index)
        frame.get_by_role("button", name="Run").click()
        expect(frame.get_by_role("button", name="Pause")).to_be_visible()
    for index in range(8):
        step = page.frame_locator("iframe").nth(index).locator("#steps")
        expect(step).not_to_have_text("0")
        shown = step.inner_text()
        expect(step).not_to_have_text(shown)


def test_a_sandbox_that_keeps_the_page_from_running_is_named(page: Page, server: Server, notes: Notes) -> None:
    notes.framed = f'<iframe sandbox="allow-scripts" src="{server.url}/embed" width="480" height="760"></iframe>'
    page.goto(notes.url)
    frame = page.frame_locator("iframe")
    word = frame.get_by_text("This frame's sandbox keeps NNLab from running.")
    expect(word).to_be_visible()
    assert word.evaluate("(e) => e.getBoundingClientRect().bottom") < 760  # without scrolling
    notes.framed = notes.framed.replace("allow-scripts", "allow-scripts allow-same-origin")
    page.goto(notes.url)
    expect(frame.get_by_role("button", name="Pause")).to_be_visible()


def test_pictures_stand_on_other_sites(page: Page, server: Server, notes: Notes) -> None:
    session = server.post("/api/v1/sessions", {"dataset": {"name": "moons", "points": 40}})
    address = f"{server.url}/api/v1/sessions/{session['view_id']}"
    notes.framed = f'<img src="{address}/regions?format=png"><img src="{address}/figure">'
    page.goto(notes.url)
    widths = page.evaluate("() => Promise.all([...document.images].map((i) => i.decode().then(() => i.naturalWidth)))")
    assert widths == [100, 640]
