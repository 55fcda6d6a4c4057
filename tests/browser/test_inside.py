"""The diagram and the results' sheets as a whole: watched, on a phone, accessible, never in the way."""

from __future__ import annotations

import json

from tests.browser.axe import violations
from tests.browser.expecting import expect
from tests.browser.inside import CARD_MAP, open_inside, open_sheet, small, unit
from tests.browser.lab import Lab
from tests.browser.test_phone import of_phones, phone  # noqa: F401 - fixtures

THREE_CLASSES = {"name": "spiral", "points": 60, "classes": 3}


def test_every_sheet_is_one_press_away_and_the_diagram_always_there(quiet_lab: Lab) -> None:
    for sheet, part in [
        ("Unit", CARD_MAP),
        ("Health", ".health"),
        ("Two units", ".warp-canvas"),
        ("One point", ".probe-where"),
        ("Results", ".chart-canvas"),
    ]:
        open_sheet(quiet_lab, sheet)
        expect(quiet_lab.page.locator(part)).to_be_visible()
        expect(unit(quiet_lab, "Hidden layer 1, unit 1")).to_be_in_viewport()


def test_who_may_only_watch_sees_everything_and_changes_nothing(inside: Lab) -> None:
    view_id = inside.server.get(f"/api/v1/sessions/{inside.session_id}")["view_id"]
    inside.open(f"/s/{view_id}")
    unit(inside, "Hidden layer 1, unit 2").click()
    expect(inside.box("Bias")).to_be_disabled()
    expect(inside.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 2")


def test_axe_finds_nothing(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, {"classes": 3} | small("relu", 12, 3), THREE_CLASSES, steps=20)
    for sheet in ("Results", "Unit", "Health", "Two units", "One point"):
        open_sheet(lab, sheet)
        unit(lab, "Hidden layer 1, unit 2").hover()
        assert violations(lab.page, "#network-card, #results-card" if sheet == "Unit" else "#results-card") == [], sheet


def test_a_phone_shows_it_all_within_its_width(phone: Lab) -> None:  # noqa: F811
    unit(phone, "Hidden layer 1, unit 2").tap()
    expect(phone.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 2")
    for sheet in ("Unit", "Health", "Two units", "One point", "Results"):
        open_sheet(phone, sheet)
        box = phone.page.locator("#results-card").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        scrolls = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert phone.page.evaluate(scrolls) == 0


LONGEST_TASK_MS = 50


def test_no_task_of_the_page_is_long_while_everything_is_open_and_trains(fresh_lab: Lab) -> None:
    training = {"training": {"optimizer": "adam", "learning_rate": 0.01}}
    lab = open_inside(fresh_lab, small("relu", 20, 20) | training, {"name": "spiral", "points": 200})
    lab.press("Run")
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
