"""A phone, 360 pixels wide, with a thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.lab import Lab
from tests.serving import Server

SMALL_TARGETS = """() => [...document.querySelectorAll("button:not(.log), select, .swatch, summary")]
  .filter((element) => element.checkVisibility() && !element.closest("[popover]"))
  .map((element) => [element, element.getBoundingClientRect(), getComputedStyle(element, "::after")])
  .filter(([element, box, after]) => box.height + 2 * -(Number.parseFloat(after.top) || 0) < 38)
  .map(([element]) => element.outerHTML.slice(0, 90))"""


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Lab]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    yield Lab(context.new_page(), server).open()
    context.close()


def test_nothing_is_wider_than_the_screen(phone: Lab) -> None:
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_tap_adds_a_point_and_the_thumb_reaches_run(phone: Lab) -> None:
    phone.button("Pause").tap()
    expect(phone.button("Run")).to_be_in_viewport()
    phone.button("Clear points").tap()
    phone.wait_for_points(0)
    phone.plane.scroll_into_view_if_needed()
    phone.plane.tap(position=phone.place(2, 3))
    point = phone.wait_for_points(1)[0]
    assert (point["x"], point["y"]) == pytest.approx((2, 3), abs=0.08)
    phone.plane.tap(position=phone.place(2.4, 2.6))  # near enough for a thumb
    expect(phone.page.get_by_role("group", name="Selected point")).to_be_visible()
    phone.button("Delete").tap()
    phone.wait_for_points(0)


def test_targets_are_large_enough_for_a_thumb(phone: Lab) -> None:
    assert phone.page.evaluate(SMALL_TARGETS) == []


def test_run_stays_in_sight_while_settings_are_changed(phone: Lab) -> None:
    phone.choice("Optimizer").scroll_into_view_if_needed()
    expect(phone.button("Pause")).to_be_in_viewport()
