"""Points by mouse: add, move, select, delete, undo; and what the network makes of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

LEFT = [(-4, 3), (-4, 0), (-3, -2), (-5, -3)]
RIGHT = [(4, 3), (4, 0), (3, -2), (5, -3)]


def test_a_person_clicks_points_presses_run_and_sees_the_regions_form(quiet_lab: Lab) -> None:
    for x, y in LEFT:
        quiet_lab.click(x, y)
    quiet_lab.choose_class(1)
    for x, y in RIGHT:
        quiet_lab.click(x, y)
    points = quiet_lab.wait_for_points(8)
    assert [point["label"] for point in points] == [0] * 4 + [1] * 4
    assert (points[0]["x"], points[0]["y"]) == pytest.approx((-4, 3), abs=0.03)
    quiet_lab.press("Run")
    quiet_lab.wait_for(lambda: quiet_lab.is_blue(-4, 0) and quiet_lab.is_orange(4, 0), "blue left and orange right")
    quiet_lab.wait_for(lambda: quiet_lab.number("accuracy") == 100, "all points right")
    quiet_lab.press("Pause")
    expect(quiet_lab.button("Run")).to_be_visible()


def test_a_point_shows_before_the_server_has_answered(quiet_lab: Lab) -> None:
    quiet_lab.page.route("**/points", lambda route: None)  # never answered
    quiet_lab.click(2, 2)
    expect(quiet_lab.page.get_by_text("1 training + 0 test points")).to_be_visible()


def test_a_refused_point_disappears_with_the_servers_words(quiet_lab: Lab, console_errors: list[str]) -> None:
    problem = '{"title": "Unprocessable", "status": 422, "detail": "points must have at most 2000 items."}'
    quiet_lab.page.route("**/points", lambda route: route.fulfill(status=422, body=problem))
    quiet_lab.click(2, 2)
    expect(quiet_lab.page.get_by_text("points must have at most 2000 items.")).to_be_visible()
    expect(quiet_lab.page.get_by_text("0 training + 0 test points")).to_be_visible()
    console_errors.clear()


def test_a_drag_moves_a_point_and_is_one_undo(quiet_lab: Lab) -> None:
    quiet_lab.click(1, 1)
    quiet_lab.wait_for_points(1)
    quiet_lab.drag((1, 1), (-3, 4))
    quiet_lab.wait_for(lambda: quiet_lab.document["points"][0]["x"] == pytest.approx(-3, abs=0.03), "the move")
    quiet_lab.press("Undo")
    quiet_lab.wait_for(lambda: quiet_lab.document["points"][0]["x"] == pytest.approx(1, abs=0.03), "the way back")


def test_a_selected_point_changes_class_is_held_out_and_is_deleted(quiet_lab: Lab) -> None:
    quiet_lab.click(1, 1)
    quiet_lab.click(1, 1)
    expect(quiet_lab.page.get_by_role("group", name="Selected point")).to_contain_text("(1.00, 1.00)")
    quiet_lab.press("Change class")
    quiet_lab.wait_for_field("points.0.label", 1)
    quiet_lab.page.get_by_label("Test point").check()
    quiet_lab.wait_for_field("points.0.held_out", True)
    expect(quiet_lab.page.get_by_text("0 training + 1 test points")).to_be_visible()
    quiet_lab.page.keyboard.press("Delete")
    quiet_lab.wait_for_points(0)


def test_undo_and_redo_by_button_and_by_key(quiet_lab: Lab) -> None:
    expect(quiet_lab.button("Undo")).to_be_disabled()
    quiet_lab.click(1, 1)
    quiet_lab.click(2, 2)
    quiet_lab.wait_for_points(2)
    quiet_lab.press("Undo")
    quiet_lab.wait_for_points(1)
    quiet_lab.page.keyboard.press("Control+z")
    quiet_lab.wait_for_points(0)
    quiet_lab.page.keyboard.press("Control+Shift+z")
    quiet_lab.wait_for_points(1)
    quiet_lab.press("Redo")
    quiet_lab.wait_for_points(2)


def test_a_stroke_paints_points_and_another_erases_them(quiet_lab: Lab) -> None:
    quiet_lab.press("Paint")
    quiet_lab.choose_class(1)
    box = quiet_lab.plane.bounding_box()
    assert box is not None
    start, end = quiet_lab.place(-4, 0), quiet_lab.place(4, 0)
    quiet_lab.page.mouse.move(box["x"] + start["x"], box["y"] + start["y"])
    quiet_lab.page.mouse.down()
    quiet_lab.page.mouse.move(box["x"] + end["x"], box["y"] + end["y"], steps=30)
    quiet_lab.page.mouse.up()
    quiet_lab.wait_for(lambda: len(quiet_lab.document["points"]) >= 8, "painted points")
    assert all(point["label"] == 1 and abs(point["y"]) < 0.2 for point in quiet_lab.document["points"])
    quiet_lab.press("Paint")
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    for x in (-2, 0, 2):
        quiet_lab.click(x, 3)
    quiet_lab.wait_for_points(3)
    quiet_lab.press("Erase")
    quiet_lab.click(0, 3)
    assert [point["x"] for point in quiet_lab.wait_for_points(2)] == [-2, 2]


def test_all_points_are_cleared(lab: Lab) -> None:
    lab.press("Clear points")
    lab.wait_for_points(0)
    expect(lab.button("Clear points")).to_be_disabled()


def test_run_without_points_says_what_is_missing(quiet_lab: Lab) -> None:
    quiet_lab.press("Run")
    expect(quiet_lab.page.get_by_text("There is nothing to learn from yet.")).to_be_visible()
