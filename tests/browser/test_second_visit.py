"""Who comes back fetches the page and what the API says, each once, and no file again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.serving import Server

SESSION = "/api/v1/sessions/{id}"
EXPECTED = ["/api/v1/catalog", SESSION, f"{SESSION}/history", "/api/v1/stream", "/s/{id}"]


@contextmanager
def noting_requests(page: Page, server: Server) -> Iterator[list[str]]:
    """The paths that the page asks the server for, and not its cache, as the browser's own network tells them."""
    noted: dict[str, str] = {}
    client = page.context.new_cdp_session(page)

    def note(event: dict[str, Any]) -> None:
        url = str(event["request"]["url"])
        if url.startswith(server.url):
            noted[event["requestId"]] = url.removeprefix(server.url).partition("?")[0]

    def forget(event: dict[str, Any]) -> None:
        if event.get("response", {"fromDiskCache": True})["fromDiskCache"]:
            noted.pop(event["requestId"], None)

    client.on("Network.requestWillBeSent", note)
    client.on("Network.requestServedFromCache", forget)
    client.on("Network.responseReceived", forget)
    client.send("Network.enable")
    paths: list[str] = []
    yield paths
    paths.extend(noted.values())
    client.detach()


def visit(lab: Lab, path: str) -> None:
    """Open an experiment and watch it train, up to the network's picture, which comes last."""
    lab.open(path)
    expect(lab.page.locator(".unit-tile").first).to_be_visible()
    first = lab.step
    lab.wait_for(lambda: lab.step > first + 50, "50 steps")


@pytest.mark.parametrize(("task", "dataset"), [("classification", "spiral"), ("curve_fitting", "sine")])
def test_a_second_visit_makes_five_requests(browser: Browser, server: Server, task: str, dataset: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    lab = Lab(page, server)
    session = server.post("/api/v1/sessions", {"task": task})["id"]
    server.post(f"/api/v1/sessions/{session}/dataset", {"name": dataset})
    server.post(f"/api/v1/sessions/{session}/run")
    with noting_requests(page, server) as first:
        visit(lab, f"/s/{session}")
    assert any(path.startswith("/static/") for path in first)
    with noting_requests(page, server) as second:
        visit(lab, f"/s/{session}")
    assert sorted(second) == sorted(path.format(id=session) for path in EXPECTED)
    context.close()


def test_a_second_visit_to_the_front_page_makes_five_requests(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    lab = Lab(context.new_page(), server)
    visit(lab, "/")
    with noting_requests(lab.page, server) as noted:
        visit(lab, "/")
    assert len(noted) == len(EXPECTED)
    context.close()
