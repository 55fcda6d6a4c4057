"""What a newcomer meets: a running example at once, calm and small."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.serving import Server

SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 0)));
})"""

SIZE = """([ending, size]) => performance.getEntriesByType("resource")
  .filter((entry) => new URL(entry.name).pathname.endsWith(ending))
  .reduce((sum, entry) => sum + entry[size], 0)"""
SENT = "encodedBodySize"

SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
FIRST_FILE = "() => Math.min(...performance.getEntriesByType('resource').map((entry) => entry.responseEnd))"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def test_first_open_shows_a_running_example_that_gets_better_and_nothing_jumps(lab: Lab) -> None:
    lab.wait_for(lambda: lab.step > 50, "50 steps")
    assert lab.page.evaluate(SHIFTS) < 0.02
    assert lab.page.url.startswith(lab.server.url + "/s/e")
    expect(lab.button("Pause")).to_be_visible()
    assert len(lab.document["points"]) >= 100
    lab.wait_for(lambda: lab.step > 100, "100 steps")
    lab.wait_for(lambda: (lab.number("accuracy") or 0) > 90, "an accuracy above 90 %")
    assert (lab.number("loss") or 9) < 0.5
    assert lab.pixel(-5, 5) != lab.pixel(-5, -5)


def test_a_network_is_described_by_the_notes_convention(quiet_lab: Lab) -> None:
    size = quiet_lab.open_size()
    expect(size).to_contain_text("3-layer network (2 hidden layers)")
    expect(size).to_contain_text("[2 × 6] + [6 × 2] + [2 × 2] = 28 weights")
    expect(size).to_contain_text("6 + 2 + 2 = 10 biases")
    expect(size).to_contain_text("38 parameters; 10 units")


def test_the_page_is_small(page: Page, server: Server, console_errors: list[str]) -> None:
    Lab(page, server).open(tour=True)
    expect(page.get_by_role("heading", name="A network at work")).to_be_visible()
    expect(page.locator(".unit-tile").first).to_be_visible()
    assert 0 < page.evaluate(SIZE, [".js", SENT]) < 185_000  # promised are 220 KB
    assert 0 < page.evaluate(SIZE, [".css", SENT]) < 40_000
    assert page.evaluate(SIZE, [".svg", SENT]) < 40_000


@pytest.mark.parametrize("path", ["/", "/s/{id}"])
def test_on_a_slow_network_the_plane_is_seen_before_anything_else_has_come(quiet_lab: Lab, path: str) -> None:
    lab = quiet_lab
    session = lab.page.context.new_cdp_session(lab.page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    lab.page.goto(lab.server.url + path.format(id=lab.session_id), wait_until="commit")
    lab.page.wait_for_function(PAINTED)
    expect(lab.page.locator("#sketch image")).to_have_count(1)
    session.send("Network.emulateNetworkConditions", {**SLOW_3G, "latency": 0, "downloadThroughput": -1})
    lab.wait_until_ready()
    assert lab.page.evaluate(PAINTED) < lab.page.evaluate(FIRST_FILE)
    expect(lab.page.locator(".sketch")).to_have_count(0)


def test_an_unknown_experiment_is_told_in_words(page: Page, server: Server, console_errors: list[str]) -> None:
    page.goto(server.url + "/s/vAAAAAAAAAAAAAAAAAAAAAA")
    expect(page.get_by_role("alert").get_by_role("heading")).to_have_text("There is no such experiment")
    page.get_by_role("link", name="Start a new experiment").click()
    Lab(page, server).wait_until_ready()
    console_errors.clear()  # Chromium reports the 404 itself


def test_the_api_page_works_without_the_internet(page: Page, server: Server, console_errors: list[str]) -> None:
    foreign: list[str] = []
    page.on(
        "request",
        lambda request: None if request.url.startswith((server.url, "data:")) else foreign.append(request.url),
    )
    page.goto(server.url + "/docs")
    expect(page.get_by_text("/api/v1/sessions", exact=True).first).to_be_visible()
    assert foreign == []
