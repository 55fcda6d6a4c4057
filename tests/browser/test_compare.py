"""Fork and compare: A and B on the same points and minibatches, one set of panels, both watched."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_connection import COUNT_STREAMS, OPEN_STREAMS


def compare(lab: Lab) -> Lab:
    """Fork what is on screen and wait for the page with both."""
    lab.press("Compare")
    lab.page.wait_for_url(re.compile(r"/s/[\w-]+\?with=[\w-]+"), wait_until="commit")
    return lab.wait_until_ready()


def other_id(lab: Lab) -> str:
    return lab.page.url.split("with=")[1]


def session(lab: Lab, session_id: str) -> dict[str, Any]:
    found: dict[str, Any] = lab.server.get(f"/api/v1/sessions/{session_id}")
    return found


def both(lab: Lab) -> list[dict[str, Any]]:
    return [session(lab, each) for each in (lab.session_id, other_id(lab))]


def choose(lab: Lab, letter: str) -> None:
    lab.page.get_by_role("radiogroup", name="Settings of").get_by_text(letter, exact=True).click()


def steps(lab: Lab) -> list[int]:
    return [each["snapshot"]["step"] for each in both(lab)]


def caption(lab: Lab, letter: str) -> Locator:
    return lab.page.locator(f".side-caption.{letter.lower()}")


def test_one_setting_is_changed_and_both_are_watched_over_one_connection(lab: Lab) -> None:
    lab.page.add_init_script(COUNT_STREAMS)
    compare(lab)
    assert lab.page.evaluate(OPEN_STREAMS) == 1
    expect(lab.page.get_by_text("A and B have the same settings.")).to_be_visible()
    assert lab.page.locator(".plane .points").count() == 2
    [a, b] = both(lab)
    assert a["snapshot"]["step"] == b["snapshot"]["step"] > 0
    assert a["document"]["points"] == b["document"]["points"]
    choose(lab, "B")
    lab.type_number("Learning rate", "0.2")
    expect(lab.page.locator(".differences")).to_have_text("Learning rate: A 0.01 B 0.2")
    lab.press("Run")
    lab.wait_for(lambda: min(steps(lab)) > a["snapshot"]["step"] + 200, "both to train")
    lab.press("Pause")
    lab.wait_for(lambda: len(set(steps(lab))) == 1, "the one behind to catch up")
    [a, b] = both(lab)
    assert a["document"]["training"]["learning_rate"] == 0.01
    assert b["document"]["training"]["learning_rate"] == 0.2
    assert a["snapshot"]["loss"] != b["snapshot"]["loss"]
    expect(caption(lab, "A")).to_contain_text(f"step {a['snapshot']['step']:,}")
    expect(caption(lab, "B")).to_contain_text(f"step {b['snapshot']['step']:,}")
    expect(lab.page.get_by_role("img", name=re.compile(r"Loss of both: A [\d.]+, B [\d.]+"))).to_be_visible()


def test_points_and_steps_go_to_both_and_taking_back_keeps_them_alike(lab: Lab) -> None:
    compare(lab)
    before = steps(lab)
    lab.press("Step")
    lab.wait_for(lambda: steps(lab) == [each + 1 for each in before], "a step of both")
    count = len(lab.document["points"])
    lab.page.locator(".other-plane .points").click(position=lab.place(5, 5))
    lab.wait_for(lambda: [len(each["document"]["points"]) for each in both(lab)] == [count + 1] * 2, "a point in both")
    lab.press("Undo")
    lab.wait_for(lambda: [len(each["document"]["points"]) for each in both(lab)] == [count] * 2, "both without it")
    [a, b] = both(lab)
    assert a["document"]["points"] == b["document"]["points"]


def test_the_panels_show_the_chosen_one_wherever_its_plane_stands(lab: Lab) -> None:
    compare(lab)
    choose(lab, "B")
    lab.type_number("L2 strength", "0.5")
    choose(lab, "A")
    expect(lab.box("L2 strength")).to_have_value("0.001")
    left = lab.plane.bounding_box()
    choose(lab, "B")
    expect(lab.box("L2 strength")).to_have_value("0.5")
    lab.wait_for(lambda: lab.plane.bounding_box()["x"] > left["x"] + 100, "B's plane on the right")


def test_the_address_holds_the_pair_and_one_can_be_kept(lab: Lab) -> None:
    compare(lab)
    other = other_id(lab)
    choose(lab, "B")
    lab.type_number("Minibatch size", "25")
    lab.wait_for(lambda: both(lab)[1]["document"]["training"]["batch_size"] == 25, "B's minibatch size")
    lab.page.reload()
    lab.wait_until_ready()
    expect(lab.page.locator(".differences")).to_have_text("Minibatch size: A 10 B 25")
    lab.press("Share")
    assert lab.box("Link to edit").input_value() == lab.page.url
    assert "?with=v" in lab.box("Link to watch").input_value()
    lab.page.keyboard.press("Escape")
    lab.press("Keep B")
    lab.page.wait_for_url(f"**/s/{other}", wait_until="commit")
    lab.wait_until_ready()
    lab.open_settings()
    expect(lab.box("Minibatch size")).to_have_value("25")
    expect(lab.page.locator(".other-plane")).to_have_count(0)


def test_on_a_phone_the_planes_stand_one_over_the_other(lab: Lab) -> None:
    compare(lab)
    lab.page.set_viewport_size({"width": 360, "height": 740})
    first, second = [plane.bounding_box() for plane in lab.page.locator(".plane").all()]
    assert first and second
    assert second["y"] >= first["y"] + first["height"]
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_slow_motion_stands_over_both_planes(lab: Lab) -> None:
    compare(lab)
    lab.press("Slow motion")
    expect(lab.page.get_by_text("Slow motion: press Run or Step")).to_be_visible()
    caption, ours, theirs = (lab.page.locator(place).bounding_box() for place in (".phases", "#plane", ".other-plane"))
    assert caption and ours and theirs
    assert caption["y"] + caption["height"] < ours["y"] == theirs["y"]
    assert ours["x"] + ours["width"] < theirs["x"]
