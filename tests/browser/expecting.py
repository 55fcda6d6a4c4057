"""Playwright's expectations of a locator, looked at often: its own pauses between two looks grow to a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Locator, LocatorAssertions
from playwright.sync_api import expect as expect_now

WAIT_S = 30.0  # the end of patience with a busy machine, not a measure of the page
LOOK_MS = (10, 20, 30, 50, 80, 100)  # between two looks; the last goes on: a look takes time from what it waits for
ONE_LOOK_MS = 1


def pauses_ms() -> Iterator[int]:
    """How long to wait before each further look."""
    yield from LOOK_MS
    while True:
        yield LOOK_MS[-1]


class Expectations:
    """`to_...` and `not_to_...` of Playwright, which wait until they hold and raise AssertionError when they do not."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator

    def __getattr__(self, name: str) -> Callable[..., None]:
        check = getattr(expect_now(self._locator), name)

        def until_it_holds(*args: Any, **options: Any) -> None:
            deadline = time.monotonic() + WAIT_S
            for pause_ms in pauses_ms():
                try:
                    return check(*args, **options, timeout=ONE_LOOK_MS)
                except AssertionError:
                    if time.monotonic() > deadline:
                        raise
                self._locator.page.wait_for_timeout(pause_ms)

        return until_it_holds


def expect(locator: Locator) -> LocatorAssertions:
    """Wait until something holds of a locator: `expect(button).to_be_visible()`."""
    expectations: Any = Expectations(locator)
    return expectations
