"""The part "Inside the network" as a whole: open and closed, watched, on a phone, accessible, never in the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.inside import CARD_MAP, open_inside, small, streams, unfold, unit
from tests.browser.lab import Lab
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import SMALL_TARGETS, phone  # noqa: F401 - a fixture
from tests.serving import Server

THREE_CLASSES = {"name": "spiral", "points": 60, "classes": 3}


def test_the_panel_is_closed_at_first_and_asks_for_its_views_only_while_it_is_open(quiet_lab: Lab) -> None:
    asked = streams(quiet_lab.page)
    quiet_lab.page.reload()
    quiet_lab.wait_until_ready()
    expect(quiet_lab.page.locator(".diagram")).to_have_count(0)
    unfold(quiet_lab)
    quiet_lab.page.get_by_role("heading", name="Inside the network").click()
    expect(quiet_lab.page.locator(".diagram")).to_be_hidden()
    quiet_lab.wait_for(lambda: "views" not in asked[-1], "a stream without views")
    assert "views" not in asked[0]
    assert any("views=units,weights" in url for url in asked)


def test_an_open_panel_is_open_after_a_reload(inside: Lab) -> None:
    inside.page.reload()
    inside.wait_until_ready()
    expect(inside.page.locator(CARD_MAP)).to_be_visible()


def test_the_inside_is_one_press_away_from_the_plane(quiet_lab: Lab) -> None:
    quiet_lab.press("Look inside")
    expect(unit(quiet_lab, "Hidden layer 1, unit 1")).to_be_in_viewport()
    fold = quiet_lab.page.locator("#inside-fold")
    quiet_lab.wait_for(lambda: abs(fold.evaluate("(one) => one.getBoundingClientRect().y")) < 20, "its place on top")
    expect(quiet_lab.page.locator("#inside-fold summary")).to_be_focused()


def test_who_may_only_watch_sees_everything_and_changes_nothing(inside: Lab) -> None:
    view_id = inside.server.get(f"/api/v1/sessions/{inside.session_id}")["view_id"]
    inside.open(f"/s/{view_id}")
    expect(inside.box("Bias")).to_be_disabled()
    unit(inside, "Hidden layer 1, unit 2").click()
    expect(inside.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, server: Server, console_errors: list[str], scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    lab = open_inside(
        Lab(page, server),
        {"classes": 3} | small("relu", 12, 3),
        {"name": "spiral", "points": 60, "classes": 3},
        steps=20,
    )
    lab.page.set_viewport_size({"width": 1400, "height": 2400})
    expect(lab.see(lab.page.locator(".confusion-part")).locator("td.right").first).to_be_visible()
    unit(lab, "Hidden layer 1, unit 2").hover()
    assert violations(lab.page) == []


def test_a_phone_shows_it_all_within_its_width(phone: Lab) -> None:  # noqa: F811
    phone.page.get_by_role("heading", name="Inside the network").tap()
    expect(phone.page.locator(CARD_MAP)).to_be_visible()
    unit(phone, "Hidden layer 1, unit 2").tap()
    expect(phone.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 2")
    for part in (".diagram-row", ".health-part", ".warp-part", ".confusion-part", ".probe-part"):
        box = phone.page.locator(part).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert [found for found in phone.page.evaluate(SMALL_TARGETS) if "unit" in found or "segment" in found] == []


LONGEST_TASK_MS = 50


def test_no_task_of_the_page_is_long_while_everything_is_open_and_trains(quiet_lab: Lab) -> None:
    training = {"training": {"optimizer": "adam", "learning_rate": 0.01}}
    lab = open_inside(quiet_lab, small("relu", 20, 20) | training, {"name": "spiral", "points": 200})
    lab.press("Run")
    lab.page.locator(".diagram").scroll_into_view_if_needed()
    browser = lab.page.context.browser
    assert browser is not None
    browser.start_tracing(page=lab.page, categories=["toplevel"])
    for number in range(1, 7):
        unit(lab, f"Hidden layer 2, unit {number}").click()
        lab.page.wait_for_timeout(300)
    tasks = main_thread_tasks_ms(browser.stop_tracing())
    assert len(tasks) > 100
    assert sorted(tasks)[-3] < LONGEST_TASK_MS, sorted(tasks)[-5:]


def main_thread_tasks_ms(trace: bytes) -> list[float]:
    """Processor time of each task of the page's main thread: unlike its duration it is the same on a busy machine."""
    events = json.loads(trace)["traceEvents"]
    named = [e for e in events if e.get("name") == "thread_name" and e["args"]["name"] == "CrRendererMain"]
    of: dict[tuple[int, int], list[float]] = {(e["pid"], e["tid"]): [] for e in named}
    for event in events:
        if event.get("ph") == "X" and "RunTask" in event["name"] and (event["pid"], event["tid"]) in of:
            of[event["pid"], event["tid"]].append(event.get("tdur", 0) / 1000)
    return max(of.values(), key=len)
