"""Compare: two to four experiments side by side on the same points and minibatches, in one page, without a pause."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

from playwright.sync_api import Locator, Route

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_files import paste, use_points

PLANES = ".panel .plane:visible"


def panels(lab: Lab) -> Locator:
    return lab.page.locator(".panel")


def add_panel(lab: Lab) -> None:
    """Put a copy of the chosen one beside it."""
    before = panels(lab).count()
    lab.press("Compare")
    expect(panels(lab)).to_have_count(max(2, before + 1))


def ids(lab: Lab) -> list[str]:
    first, _, others = lab.page.url.partition("?with=")
    return [first.rpartition("/")[2], *filter(None, others.split(","))]


def sessions(lab: Lab) -> list[dict[str, Any]]:
    return [lab.server.get(f"/api/v1/sessions/{each}") for each in ids(lab)]


def steps(lab: Lab) -> list[int]:
    return [each["snapshot"]["step"] for each in sessions(lab)]


def numbers_of_points(lab: Lab) -> list[int]:
    return [len(each["document"]["points"]) for each in sessions(lab)]


def choose(lab: Lab, letter: str) -> None:
    panel(lab, letter).locator(".panel-choose").click()
    expect(panel(lab, letter)).to_have_class(re.compile("is-chosen"))


def panel(lab: Lab, letter: str) -> Locator:
    return panels(lab).filter(has=lab.page.locator(".badge", has_text=letter))


def come_level(lab: Lab) -> None:
    lab.press("Pause")
    expect(lab.button("Run")).to_be_visible()
    lab.wait_for(lambda: len(set(steps(lab))) == 1, "those behind to catch up")


def close_all_but_one(lab: Lab, letters: str) -> None:
    for letter in letters:
        lab.press(f"Close {letter}")
    expect(panels(lab)).to_have_count(0)
    assert len(ids(lab)) == 1


def test_panels_join_and_leave_in_the_same_page_without_a_pause(lab: Lab) -> None:
    lab.wait_for(lambda: lab.step > 20, "some steps")
    lab.page.evaluate("window.sameVisit = true")
    add_panel(lab)
    add_panel(lab)
    expect(lab.button("Pause")).to_be_visible()
    expect(lab.page.locator(PLANES)).to_have_count(3)
    choose(lab, "B")
    lab.type_number("Learning rate", "0.2")
    choose(lab, "C")
    expect(lab.box("Learning rate")).to_have_value("0.01")
    lab.type_number("L2 strength", "0.5")
    expect(panel(lab, "A")).to_contain_text("Learning rate 0.01, L2 strength 0.001")
    expect(panel(lab, "B")).to_contain_text("Learning rate 0.2")
    expect(panel(lab, "C")).to_contain_text("L2 strength 0.5")
    expect(lab.page.locator("#training-bar .badge")).to_have_text("C")
    before = min(steps(lab))
    lab.wait_for(lambda: min(steps(lab)) > before + 50, "all to train")
    come_level(lab)
    assert [each["document"]["training"]["learning_rate"] for each in sessions(lab)] == [0.01, 0.2, 0.01]
    expect(
        lab.page.get_by_role("img", name=re.compile(r"Loss of all, by step: A [\d.]+, B [\d.]+, C [\d.]+"))
    ).to_be_visible()
    for _ in range(3):
        add_panel(lab)
    expect(lab.button("Compare")).to_be_disabled()
    close_all_but_one(lab, "FEDAA")
    expect(lab.box("L2 strength")).to_have_value("0.5")
    expect(lab.page.locator("#diagram .unit-tile").first).to_be_visible()
    assert lab.page.evaluate("window.sameVisit")
    alone = lab.page.url
    add_panel(lab)
    lab.page.go_back()
    expect(panels(lab)).to_have_count(0)
    assert lab.page.url == alone


def test_quick_clicks_leave_all_at_one_step(lab: Lab) -> None:
    lab.press("Pause")
    expect(lab.button("Run")).to_be_visible()
    add_panel(lab)
    for _ in range(4):
        lab.page.locator("#run").click()

    come_to_pause(lab)
    here = max(steps(lab))
    lab.press("Step")  # clicks may still be on their way, and are done before it
    lab.wait_for(lambda: (come_to_pause(lab), min(steps(lab)) > here)[1], "a step of both, at one step")


def test_a_step_while_they_run_and_a_run_right_after_it_leave_all_at_one_step(lab: Lab) -> None:
    add_panel(lab)
    for _ in range(3):
        lab.wait_for(lambda: {each["snapshot"]["state"] for each in sessions(lab)} == {"running"}, "both to run")
        lab.page.locator("#step").click()
        lab.wait_for(lambda: is_level(lab), "both to rest at one step")
        lab.page.locator("#step").click()
        lab.page.locator("#run").click()
    lab.page.locator("#run.is-running").click()
    lab.wait_for(lambda: is_level(lab), "both to rest at one step")


def test_points_go_to_all_taking_back_keeps_them_alike_and_the_way_back_leads_to_one(lab: Lab) -> None:
    lab.press("Pause")
    alone = lab.page.url
    add_panel(lab)
    count = len(lab.document["points"])
    lab.page.locator(".other-plane .points:visible").click(position={"x": 20, "y": 20})
    lab.wait_for(lambda: numbers_of_points(lab) == [count + 1] * 2, "a point in both")
    lab.press("Undo")
    lab.wait_for(lambda: numbers_of_points(lab) == [count] * 2, "both without it")
    [a, b] = sessions(lab)
    assert a["document"]["points"] == b["document"]["points"]
    lab.page.go_back()
    expect(panels(lab)).to_have_count(0)
    assert lab.page.url == alone


def test_a_table_goes_to_all(lab: Lab) -> None:
    lab.press("Pause")
    add_panel(lab)
    choose(lab, "B")
    paste(lab, "X\tY\tClass\n1\t2\tsetosa\n-3\t4\tvirginica\n0\t0\tother\n")
    use_points(lab)
    lab.wait_for(lambda: numbers_of_points(lab) == [3, 3], "the table's points in both")
    a, b = (each["document"] for each in sessions(lab))
    for name in ("points", "classes", "class_names", "view"):
        assert a[name] == b[name], name
    assert a["class_names"] == ["setosa", "virginica", "other"]
    lab.press("Undo")
    lab.wait_for(lambda: min(numbers_of_points(lab)) > 3, "both with the points from before")


def test_a_link_brings_them_back_and_watches_them(lab: Lab) -> None:
    lab.press("Pause")
    add_panel(lab)
    add_panel(lab)
    choose(lab, "B")
    lab.type_number("Minibatch size", "25")
    lab.wait_for(lambda: sessions(lab)[1]["document"]["training"]["batch_size"] == 25, "B's minibatch size")
    lab.press("Share")
    expect(lab.box("Link to edit")).to_have_value(lab.page.url)
    watching = lab.box("Link to watch").input_value()
    lab.page.keyboard.press("Escape")
    lab.page.reload()
    lab.wait_until_ready()
    expect(panel(lab, "B")).to_contain_text("Minibatch size 25")
    expect(panels(lab)).to_have_count(3)
    lab.page.goto(watching)
    lab.wait_until_ready()
    expect(panel(lab, "B")).to_contain_text("Minibatch size 25")
    expect(lab.button("Compare")).to_be_disabled()


def figures(lab: Lab, letter: str) -> dict[str, str]:
    """What stands under the plane."""
    rows = panel(lab, letter).locator(".panel-figures > div:visible").all()
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}


def test_any_control_offers_to_compare_its_values(lab: Lab) -> None:
    lab.press("Pause")
    ours = lab.session_id
    field = lab.page.locator("#bar-settings .l2-setting")
    field.hover()
    field.locator(".compare-mark").click()
    dialog = lab.page.get_by_role("dialog", name="Compare values of L2 strength")
    expect(dialog.get_by_role("textbox")).to_have_count(6)
    assert [box.input_value() for box in dialog.get_by_role("textbox").all()[:4]] == ["0.001", "0.01", "0.1", ""]
    dialog.get_by_role("textbox", name="Value 2").fill("0.001")
    lab.press("Train side by side")
    expect(dialog.get_by_role("alert")).to_have_text("Two of these values are the same.")
    dialog.get_by_role("textbox", name="Value 2").fill("50")
    lab.press("Train side by side")
    expect(dialog.get_by_role("alert")).to_contain_text("From 0 to 10.")
    dialog.get_by_role("textbox", name="Value 2").fill("0.02")
    dialog.get_by_role("textbox", name="Value 2").press("Enter")
    expect(panels(lab)).to_have_count(3)
    for letter, value in zip("ABC", ("0.001", "0.02", "0.1"), strict=True):
        expect(panel(lab, letter)).to_contain_text(f"L2 strength {value}")
    assert ours not in ids(lab)
    lab.wait_for(lambda: min(steps(lab)) > 50, "all to train")
    come_level(lab)
    lab.page.go_back()
    lab.wait_until_ready()
    assert lab.session_id == ours


def test_the_help_of_a_menu_offers_it_to_the_keyboard(lab: Lab) -> None:
    lab.press("Pause")
    lab.choice("Activation").focus()
    lab.page.keyboard.press("?")
    lab.page.get_by_role("button", name="Compare values side by side").press("Enter")
    dialog = lab.page.get_by_role("dialog", name="Compare values of Activation")
    for name in ("Identity", "Leaky ReLU", "Maxout", "Sigmoid"):
        if dialog.get_by_role("checkbox", name=name, exact=True).is_checked():
            dialog.get_by_role("checkbox", name=name, exact=True).uncheck()
    lab.press("Train side by side")
    expect(panels(lab)).to_have_count(2)
    assert {layer["activation"] for each in sessions(lab) for layer in each["document"]["network"]["hidden"]} == {
        "relu",
        "tanh",
    }


def test_the_notes_first_pictures_stand_first_in_the_gallery_and_tell_their_figures(lab: Lab) -> None:
    lab.press("Gallery")
    lab.page.locator(".gallery-card").first.click()
    expect(panels(lab)).to_have_count(3)
    for letter, units in zip("ABC", (3, 6, 20), strict=True):
        expect(panel(lab, letter)).to_contain_text(f"Units {units}")
    expect(lab.page.locator("#lesson")).to_contain_text("3, 6 and 20 hidden units")
    lab.wait_for(lambda: min(steps(lab)) > 1500, "all to train")
    come_level(lab)
    lab.wait_for(lambda: all("–" not in figures(lab, letter).values() for letter in "ABC"), "all figures")
    for letter, each in zip("ABC", sessions(lab), strict=True):
        told, snapshot = figures(lab, letter), each["snapshot"]
        assert list(told) == ["Train", "Test", "Loss", "Regions", "Border", "‖W‖"]
        assert told["Train"] == f"{100 * snapshot['accuracy']:.1f} %"
        assert abs(float(told["‖W‖"]) - snapshot["weight_norm"]) <= 0.005 * snapshot["weight_norm"]
        assert int(told["Regions"]) >= 2
    few, many = figures(lab, "A"), figures(lab, "C")
    assert float(many["Border"]) > 1.3 * float(few["Border"])  # twice as long, measured
    assert float(many["Train"][:-2]) > float(few["Train"][:-2])


def test_six_by_link_come_level_after_quick_clicks_and_fit_the_window(lab: Lab) -> None:
    lab.open("/?compare=network.seed:1,2,3,4,5,6")
    expect(panels(lab)).to_have_count(6)
    for _ in range(3):
        lab.page.locator("#run").click()
    come_to_pause(lab)
    here = max(steps(lab))
    lab.press("Step")
    lab.wait_for(lambda: len(set(steps(lab))) == 1 and min(steps(lab)) > here, "a step of all, at one step")
    assert {each["document"]["network"]["seed"] for each in sessions(lab)} == {1, 2, 3, 4, 5, 6}
    for width, height, least in [(1366, 768, 170), (1280, 720, 150), (390, 844, 140)]:
        lab.resize(width, height)
        boxes = [plane.bounding_box() for plane in lab.page.locator(PLANES).all()]
        assert len(boxes) == 6
        assert all(box and box["width"] > least and box["x"] + box["width"] <= width for box in boxes)
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
        if width > 700:
            assert all(box and box["y"] + box["height"] < height for box in boxes)
            assert lab.page.evaluate("document.documentElement.scrollHeight") <= height


def test_a_copy_at_several_values_by_link_leaves_the_original_alone(quiet_lab: Lab) -> None:
    lab = quiet_lab
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/dataset", {"name": "circle"})
    original = lab.server.get(f"/api/v1/sessions/{lab.session_id}")
    lab.open(f"/copy/{original['view_id']}?compare=training.l2:0,0.1")
    expect(panels(lab)).to_have_count(2)
    copies = sessions(lab)
    assert {each["document"]["training"]["l2"] for each in copies} == {0, 0.1}
    assert all(each["document"]["points"] == original["document"]["points"] for each in copies)
    assert original["id"] not in {each["id"] for each in copies}
    assert lab.server.get(f"/api/v1/sessions/{original['id']}")["revision"] == original["revision"]


def test_a_pattern_that_cannot_be_deleted_does_not_keep_its_comparison_from_being_shown(
    fresh_lab: Lab, console_errors: list[str]
) -> None:
    def answer(route: Route) -> None:
        if route.request.method == "DELETE":
            route.fulfill(status=503)
        else:
            route.continue_()

    fresh_lab.page.route("**/api/v1/sessions/*", answer)
    fresh_lab.open("/?compare=training.l2:0,0.1")
    expect(fresh_lab.page.locator("#failure")).to_be_hidden()
    console_errors.clear()  # Chromium reports the 503 itself


def is_level(lab: Lab) -> bool:
    """Whether all of them rest at one step."""
    now = [(each["snapshot"]["state"], each["snapshot"]["step"]) for each in sessions(lab)]
    return len(set(now)) == 1 and now[0][0] == "paused"


def come_to_pause(lab: Lab) -> None:
    """Press Pause until all of them rest at one step; clicks before may still be on their way."""

    def are_calm() -> bool:
        lab.page.locator("#run.is-running").evaluate_all("(buttons) => buttons.forEach((button) => button.click())")
        return is_level(lab)

    lab.wait_for(are_calm, "all to pause at one step")


def test_panels_fit_the_window_and_are_swiped_on_a_phone(lab: Lab) -> None:
    lab.press("Pause")
    add_panel(lab)
    add_panel(lab)
    for width, height in [(1366, 768), (1280, 720)]:
        lab.resize(width, height)
        boxes = [plane.bounding_box() for plane in lab.page.locator(PLANES).all()]
        assert len(boxes) == 3
        assert all(box and box["width"] > 270 and box["y"] + box["height"] < height for box in boxes)
        assert lab.page.evaluate("document.documentElement.scrollHeight") <= height
    lab.resize(390, 844)
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = [plane.bounding_box() for plane in lab.page.locator(PLANES).all()[:2]]
    assert first and second
    assert first["width"] > 300
    assert first["x"] > 0
    assert second["x"] > first["x"] + first["width"]
    for width, height in [(390, 844), (360, 640), (740, 360)]:
        lab.resize(width, height)
        expect(lab.page.locator(".panel").first).to_be_in_viewport(ratio=0.95)
        parts = [lab.page.locator(name).bounding_box() for name in (".stage", "#phone-tabs", "#network-card", ".bar")]
        assert all(parts)
        assert not any(overlap(one, other) for one, other in combinations(parts, 2)), (width, height)


def overlap(one: Any, other: Any) -> bool:
    """Whether two boxes have more than an edge in common."""
    sides = (("x", "width"), ("y", "height"))
    return all(one[at] + one[size] > other[at] + 1 and other[at] + other[size] > one[at] + 1 for at, size in sides)


def test_slow_motion_stands_over_all_planes(lab: Lab) -> None:
    lab.press("Pause")
    add_panel(lab)
    lab.press("Slow motion")
    expect(lab.page.get_by_text("Slow motion: press Run or Step")).to_be_visible()

    def stands_over_both() -> bool:
        places = (".phases", "#plane", ".other-plane:visible")
        caption, ours, theirs = (lab.page.locator(place).bounding_box() for place in places)
        assert caption and ours and theirs
        assert ours["x"] + ours["width"] < theirs["x"]
        return caption["y"] + caption["height"] < ours["y"] == theirs["y"]

    lab.wait_for(stands_over_both, "the caption over both planes")  # they make room for it


def test_who_waits_for_the_others_goes_on_when_the_page_is_closed(fresh_lab: Lab) -> None:
    lab, server = fresh_lab, fresh_lab.server
    slow, ahead = (server.post("/api/v1/sessions", {"dataset": {"name": "xor"}})["id"] for _ in range(2))
    server.post(f"/api/v1/sessions/{ahead}/step", {"steps": 10_000})
    server.post(f"/api/v1/sessions/{slow}/run")
    lab.open(f"/s/{slow}?with={ahead}")
    lab.wait_for(lambda: steps(lab)[0] > 50, "the one behind to train")
    assert steps(lab)[1] == 10_000  # and it seems to run, as the person has paused nothing
    lab.page.goto(f"{server.url}/lessons")
    lab.wait_for(lambda: server.get(f"/api/v1/sessions/{ahead}")["snapshot"]["step"] > 10_000, "the one ahead to train")
