"""Points by mouse: add, move, select, delete, undo; and what the network makes of them."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest
from playwright.sync_api import Route

from tests.browser.expecting import expect
from tests.browser.lab import Lab

LEFT = [(-4, 3), (-4, 0), (-3, -2), (-5, -3)]
RIGHT = [(4, 3), (4, 0), (3, -2), (5, -3)]

# Every message from now on, also those that have gone again.
NOTE_MESSAGES = """() => {
  window.told = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const toast of addedNodes) window.told.push(toast.textContent);
  }).observe(document.getElementById("toasts"), { childList: true });
}"""


def test_a_person_presses_run_clicks_points_and_sees_the_regions_form(quiet_lab: Lab) -> None:
    quiet_lab.press("Run")
    expect(quiet_lab.page.get_by_text("There is nothing to learn from yet.")).to_be_visible()
    quiet_lab.press("Pause")
    expect(quiet_lab.button("Run")).to_be_visible()
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


def test_a_point_shows_before_the_server_has_answered_and_a_refused_one_disappears_with_its_words(
    quiet_lab: Lab, console_errors: list[str]
) -> None:
    problem = '{"title": "Unprocessable", "status": 422, "detail": "points must have at most 2000 items."}'
    quiet_lab.page.route("**/points", lambda route: route.fulfill(status=422, body=problem))
    quiet_lab.click(2, 2)
    expect(quiet_lab.page.get_by_text("points must have at most 2000 items.")).to_be_visible()
    quiet_lab.see_points(0, 0)
    console_errors.clear()
    quiet_lab.page.unroute("**/points")
    quiet_lab.page.route("**/points", lambda route: None)  # never answered
    quiet_lab.click(-2, 2)
    quiet_lab.see_points(1, 0)


def test_a_selected_point_changes_class_is_held_out_and_is_deleted(quiet_lab: Lab) -> None:
    quiet_lab.click(1, 1)
    quiet_lab.click(1.1, 1)  # another place on the point: at the same one it would be a double click
    expect(quiet_lab.page.get_by_role("group", name="Selected point")).to_contain_text("(1.00, 1.00)")
    quiet_lab.press("Change class")
    quiet_lab.wait_for_field("points.0.label", 1)
    quiet_lab.page.get_by_role("checkbox", name="Test point").check()
    quiet_lab.wait_for_field("points.0.held_out", True)
    quiet_lab.see_points(0, 1)
    quiet_lab.page.keyboard.press("Delete")
    quiet_lab.wait_for_points(0)


MOST_REQUESTS = 4  # of one stroke that takes no time: its first point, and the rest while that is under way


def spacing(lab: Lab) -> float:
    """The 18 px between painted points, in the units of the plane."""
    return 18 / (lab.place(1, 0)["x"] - lab.place(0, 0)["x"])


def take_up(lab: Lab, tool: str) -> None:
    """Choose a tool whose code is fetched with its first use."""
    with lab.page.expect_response("**/plane-strokes.js*") as fetched:
        lab.press(tool)
    lab.page.evaluate("(url) => import(url).then(() => null)", fetched.value.url)


def test_a_fast_stroke_paints_without_gaps_in_few_requests(quiet_lab: Lab) -> None:
    quiet_lab.choose_class(1)
    take_up(quiet_lab, "Paint")
    requests = quiet_lab.note_requests("POST", "/points")
    quiet_lab.stroke((-5, -5), (5, 5), (5, -5))
    length = 10 * 2**0.5 + 10
    expected = 1 + int((length - spacing(quiet_lab)) / spacing(quiet_lab))  # cutting the corner takes less than one
    quiet_lab.wait_for(lambda: len(quiet_lab.document["points"]) >= expected, f"{expected} points")
    points = quiet_lab.document["points"]
    assert expected >= 40
    assert len(points) <= expected + 1
    assert all(point["label"] == 1 for point in points)
    for one, other in pairwise(points):
        distance = hypot(one["x"] - other["x"], one["y"] - other["y"])
        assert distance == pytest.approx(spacing(quiet_lab), abs=0.03)
    assert len(requests) <= MOST_REQUESTS


def test_a_stroke_that_comes_before_its_code_waits_for_it(quiet_lab: Lab) -> None:
    held: list[Route] = []
    quiet_lab.page.route("**/plane-strokes.js*", lambda route: held.append(route))
    quiet_lab.press("Paint")
    quiet_lab.wait_for(lambda: len(held) == 1, "the request for the code")
    quiet_lab.stroke((-5, 0), (5, 0))
    assert quiet_lab.document["points"] == []
    held[0].continue_()
    quiet_lab.wait_for(lambda: len(quiet_lab.document["points"]) > 20, "the stroke")


def test_a_painted_stroke_is_one_undo_and_one_redo_two_are_two_and_so_are_two_clicks(quiet_lab: Lab) -> None:
    take_up(quiet_lab, "Paint")
    quiet_lab.stroke((-5, 0), (5, 0), (5, 5), steps=12)
    quiet_lab.page.keyboard.press("Control+z")  # before all of it has been sent
    expect(quiet_lab.button("Redo")).to_be_enabled()
    expect(quiet_lab.button("Undo")).to_be_disabled()
    quiet_lab.wait_for_points(0)
    quiet_lab.page.keyboard.press("Control+Shift+z")
    quiet_lab.wait_for(lambda: len(quiet_lab.document["points"]) > 15, "the stroke again")
    quiet_lab.press("Undo")
    quiet_lab.wait_for_points(0)
    quiet_lab.stroke((-5, 3), (5, 3))
    quiet_lab.stroke((-5, -3), (5, -3))
    quiet_lab.wait_for(lambda: {point["y"] for point in quiet_lab.document["points"]} == {-3, 3}, "two strokes")
    quiet_lab.press("Undo")
    quiet_lab.wait_for(lambda: {point["y"] for point in quiet_lab.document["points"]} == {3}, "one of them")
    quiet_lab.press("Undo")
    quiet_lab.wait_for_points(0)
    quiet_lab.press("Paint")
    for place in quiet_lab.on_page(*[(x, 0) for x in range(4)]):  # faster than they are sent
        quiet_lab.page.mouse.click(*place)
    quiet_lab.wait_for_points(4)
    quiet_lab.press("Undo")
    quiet_lab.wait_for_points(3)


def test_a_fast_stroke_erases_all_it_passes_as_one_undo(quiet_lab: Lab) -> None:
    on_the_way = [{"x": x / 10, "y": x / 10} for x in range(-50, 51, 5)]
    beside = [{"x": x, "y": x - 3} for x in range(-2, 6)]
    points = on_the_way + beside
    quiet_lab.server.post(f"/api/v1/sessions/{quiet_lab.session_id}/points", {"points": points})
    quiet_lab.see_points(len(points), 0)
    take_up(quiet_lab, "Erase")
    requests = quiet_lab.note_requests("PATCH", "/points")
    quiet_lab.stroke((-5, -5), (5, 5))
    left = quiet_lab.wait_for_points(len(beside))
    assert [(point["x"], point["y"]) for point in left] == [(point["x"], point["y"]) for point in beside]
    assert len(requests) <= MOST_REQUESTS
    quiet_lab.page.keyboard.press("Control+z")
    quiet_lab.wait_for_points(len(points))
    quiet_lab.page.keyboard.press("Control+Shift+z")
    quiet_lab.wait_for_points(len(beside))


def test_a_press_with_erase_takes_the_nearest_point_alone_and_a_stroke_nothing_out_of_view(fresh_lab: Lab) -> None:
    view = {"x_range": [-3, 3], "y_range": [-3, 3]}  # in which all lies twice as far from the middle
    near = [{"x": 0, "y": 1.5}, {"x": 0.05, "y": 1.5}]
    fresh_lab.open_new({"view": view, "points": [*near, {"x": 1, "y": 0}, {"x": 4, "y": 0}]})
    take_up(fresh_lab, "Erase")
    fresh_lab.click(0.15, 3)
    assert [point["x"] for point in fresh_lab.wait_for_points(3)] == [0, 1, 4]
    fresh_lab.stroke((0, 0), (9, 0))
    assert [point["x"] for point in fresh_lab.wait_for_points(2)] == [0, 4]


def test_at_the_limit_of_points_a_stroke_ends_with_one_message(quiet_lab: Lab, console_errors: list[str]) -> None:
    points = [{"x": -5 + 10 * (index % 50) / 50, "y": -5 + index / 500} for index in range(1995)]
    quiet_lab.server.post(f"/api/v1/sessions/{quiet_lab.session_id}/points", {"points": points})
    quiet_lab.see_points(1_995, 0)
    take_up(quiet_lab, "Paint")
    quiet_lab.page.evaluate(NOTE_MESSAGES)
    quiet_lab.stroke((-5, 5), (5, 5), (5, 0), steps=20)
    quiet_lab.wait_for(lambda: "at most 2000" in "".join(quiet_lab.page.evaluate("window.told")), "the message")
    count = len(quiet_lab.document["points"])
    assert 1995 < count <= 2000
    quiet_lab.see_points(count, 0)
    quiet_lab.press("Undo")
    quiet_lab.wait_for_points(1995)
    assert len(quiet_lab.page.evaluate("window.told")) == 1
    console_errors.clear()


def test_a_slow_drag_is_one_gesture(quiet_lab: Lab) -> None:
    quiet_lab.click(1, 1)
    quiet_lab.wait_for_points(1)
    requests = quiet_lab.note_requests("PATCH", "/points")
    mouse = quiet_lab.page.mouse
    start, *way = quiet_lab.on_page((1, 1), (2, 1), (3, 1), (4, 1))
    mouse.move(*start)
    mouse.down()
    for x, place in enumerate(way, start=2):
        mouse.move(*place, steps=5)
        quiet_lab.wait_for_field("points.0.x", pytest.approx(x, abs=0.03))
    mouse.up()
    assert len({request.post_data_json["gesture"] for request in requests}) == 1
    quiet_lab.press("Undo")
    quiet_lab.wait_for_field("points.0.x", pytest.approx(1, abs=0.03))


def test_undo_and_redo_are_not_asked_for_when_there_is_nothing(quiet_lab: Lab) -> None:
    undos, redos = quiet_lab.note_requests("POST", "/undo"), quiet_lab.note_requests("POST", "/redo")
    keys = quiet_lab.page.keyboard
    keys.press("Control+z")
    keys.press("Control+Shift+z")
    quiet_lab.click(1, 1)
    for _ in range(3):
        keys.press("Control+z")
    quiet_lab.click(2, 2)
    quiet_lab.wait_for(lambda: [point["x"] for point in quiet_lab.document["points"]] == [2], "the second point")
    assert (len(undos), len(redos)) == (1, 0)
    expect(quiet_lab.page.locator(".toast")).to_have_count(0)


def test_a_drag_moves_a_point_and_all_that_is_done_to_it_is_undone(quiet_lab: Lab) -> None:
    quiet_lab.click(1, 1)
    quiet_lab.wait_for_points(1)
    quiet_lab.drag((1, 1), (-3, 4))
    quiet_lab.wait_for(lambda: quiet_lab.document["points"][0]["x"] == pytest.approx(-3, abs=0.03), "the move")
    quiet_lab.press("Undo")
    quiet_lab.wait_for(lambda: quiet_lab.document["points"][0]["x"] == pytest.approx(1, abs=0.03), "the way back")
    quiet_lab.press("Undo")
    quiet_lab.wait_for_points(0)
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
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    expect(quiet_lab.button("Clear points")).to_be_disabled()
