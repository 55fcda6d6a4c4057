"""A real server and the system's Chromium. Each test gets a new page and no storage; console errors fail the test."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

from tests.browser.chromium import executable
from tests.browser.contexts import cleaned, warm
from tests.browser.inside import unfold
from tests.browser.lab import Lab
from tests.serving import Server

GRACE_S = 1.0  # a test's experiments do not go on training while the next ones are at work


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = {"executable_path": path} if (path := executable()) else {}
    return {**browser_type_launch_args, **found, "args": ["--no-sandbox", "--process-per-site", "--in-process-gpu"]}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a process; each makes experiments of its own."""
    running = Server(tmp_path_factory.mktemp("server"), grace_s=GRACE_S).start()
    yield running
    running.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may stop and start again."""
    running = Server(tmp_path).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def warm_context(browser: Browser, browser_context_args: dict[str, Any], server: Server) -> Iterator[BrowserContext]:
    """The context of nearly all tests of a process."""
    with warm(browser, server, **browser_context_args) as context:
        yield context


@pytest.fixture
def context(warm_context: BrowserContext) -> Iterator[BrowserContext]:
    """The context as it was before any test: only files that never change are known."""
    with cleaned(warm_context):
        yield warm_context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A new page."""
    return context.new_page()


@pytest.fixture
def console_errors(context: BrowserContext) -> Iterator[list[str]]:
    """Messages of errors so far; a test that expects some clears the list."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location['url']})")

    def note_exception(error: WebError) -> None:
        errors.append(str(error.error))

    context.on("console", note)
    context.on("weberror", note_exception)
    yield errors
    context.remove_listener("console", note)
    context.remove_listener("weberror", note_exception)
    assert errors == []


@pytest.fixture(autouse=True)
def script_coverage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave what the page's scripts have run in $SCRIPT_COVERAGE, if there is one; see tests/script_coverage.py."""
    folder = os.environ.get("SCRIPT_COVERAGE")
    if not folder or "page" not in request.fixturenames:
        yield
        return
    page: Page = request.getfixturevalue("page")
    profiler = page.context.new_cdp_session(page)
    profiler.send("Profiler.enable")
    profiler.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
    yield
    if not page.is_closed():
        covered = profiler.send("Profiler.takePreciseCoverage")
        Path(folder, f"{uuid4()}.json").write_text(json.dumps(covered))


@pytest.fixture
def fresh_lab(page: Page, server: Server, console_errors: list[str]) -> Lab:
    """A page that shows nothing yet: the test opens what it needs."""
    return Lab(page, server)


@pytest.fixture
def lab(fresh_lab: Lab) -> Lab:
    """The playground, open on its first example."""
    return fresh_lab.open()


@pytest.fixture
def quiet_lab(fresh_lab: Lab) -> Lab:
    """The playground on a paused experiment without points."""
    return fresh_lab.open_new({})


@pytest.fixture
def inside(quiet_lab: Lab) -> Lab:
    """The default network, paused, without points, with the panel open."""
    return unfold(quiet_lab)
