"""The stream: one per page, closed while the tab is hidden, found again after a restart."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.lab import Lab
from tests.serving import Server

COUNT_STREAMS = """
  window.streams = [];
  const Real = window.EventSource;
  window.EventSource = class extends Real {
    constructor(url) { super(url); window.streams.push(this); }
  };
"""
OPEN_STREAMS = "window.streams.filter((stream) => stream.readyState !== 2).length"
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def test_a_page_has_one_stream_and_none_while_hidden(page: Page, server: Server, console_errors: list[str]) -> None:
    page.add_init_script(COUNT_STREAMS)
    lab = Lab(page, server).open()
    assert page.evaluate(OPEN_STREAMS) == 1
    page.evaluate(HIDE, True)
    lab.see_connection("Resting")
    assert page.evaluate(OPEN_STREAMS) == 0
    step = lab.step
    page.evaluate(HIDE, False)
    lab.see_connection("Live")
    assert page.evaluate(OPEN_STREAMS) == 1
    lab.wait_for(lambda: lab.step > step, "more steps")


def test_a_restarted_server_is_found_again(page: Page, own_server: Server, console_errors: list[str]) -> None:
    lab = Lab(page, own_server).open()
    lab.wait_for(lambda: lab.step > 200, "200 steps")
    own_server.stop()
    lab.see_connection("Reconnecting…")
    lab.see_over_the_plane(page.get_by_text("The server is away."))
    own_server.start()
    lab.see_connection("Live")
    lab.press("Clear points")
    lab.wait_for_points(0)
    console_errors.clear()  # Chromium reports each attempt that found nobody


def test_a_change_made_during_a_restart_arrives_after_it(
    page: Page, own_server: Server, console_errors: list[str]
) -> None:
    lab = Lab(page, own_server).open()
    own_server.kill()
    lab.see_connection("Reconnecting…")
    lab.type_number("Learning rate", "0.5")
    own_server.start()
    lab.wait_for_field("training.learning_rate", 0.5)
    console_errors.clear()
