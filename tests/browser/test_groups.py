"""Several points as one: a frame around them, then moved, recoloured, deleted, by hand, by touch and by keys."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.expecting import expect
from tests.browser.lab import Lab

PLACES = ((-3.0, 2.0), (-2.0, 3.0), (4.0, -4.0))


@pytest.fixture
def three(quiet_lab: Lab) -> Lab:
    """Three points, two of them near each other, and the Select tool."""
    points = [{"x": x, "y": y, "label": 0} for x, y in PLACES]
    quiet_lab.server.post(f"/api/v1/sessions/{quiet_lab.session_id}/points", {"points": points})
    quiet_lab.see_points(3, 0)
    quiet_lab.press("Select")
    expect(quiet_lab.page.locator(".group-frame")).to_be_attached()
    return quiet_lab


def places(lab: Lab) -> list[tuple[float, float]]:
    return [(point["x"], point["y"]) for point in lab.document["points"]]


def selected(lab: Lab) -> Any:
    return lab.page.get_by_role("group", name="Selected points")


def frame_the_two(lab: Lab) -> None:
    lab.drag((-4, 4), (-1, 1))
    expect(selected(lab)).to_contain_text("2 points selected")


# A press whose frame is being drawn, and that the system takes away, as when a hand is laid on the screen.
TAKEN_AWAY = """(canvas, [x, y]) => {
  const event = { isPrimary: true, pointerId: 1, clientX: x, clientY: y };
  canvas.dispatchEvent(new PointerEvent("pointercancel", event));
}"""


def test_a_framed_group_moves_as_one_and_one_undo_takes_it_back(three: Lab) -> None:
    frame_the_two(three)
    three.drag((-3, 2), (-1, 1))
    three.wait_for(lambda: places(three)[0] != PLACES[0], "the move")
    three.wait_for(lambda: abs(places(three)[0][0] + 1) < 0.1 and abs(places(three)[1][1] - 2) < 0.1, "both moved")
    assert places(three)[2] == PLACES[2]
    assert abs((places(three)[1][0] - places(three)[0][0]) - 1) < 0.02  # the shape is kept
    three.press("Undo")
    three.wait_for(lambda: places(three) == list(PLACES), "all back")


def test_a_digit_gives_the_group_a_class_and_delete_removes_it(three: Lab) -> None:
    frame_the_two(three)
    three.page.keyboard.press("2")
    three.wait_for(lambda: [point["label"] for point in three.document["points"]] == [1, 1, 0], "the new class")
    selected(three).get_by_role("button", name="Delete").click()
    assert three.wait_for_points(1)[0]["x"] == PLACES[2][0]
    expect(selected(three)).to_be_hidden()


def test_shift_adds_and_removes_and_escape_lets_go(three: Lab) -> None:
    start, end = three.on_page((-4, 4), (5, -5))
    three.page.mouse.move(*start)
    three.page.mouse.down()
    three.page.mouse.move(*end)
    expect(three.page.locator(".group-frame")).to_be_visible()
    three.plane.evaluate(TAKEN_AWAY, list(end))
    three.page.mouse.up()
    expect(three.page.locator(".group-frame")).to_be_hidden()
    expect(selected(three)).to_have_count(0)
    frame_the_two(three)
    three.page.keyboard.down("Shift")
    three.click(4, -4)
    expect(selected(three)).to_contain_text("3 points selected")
    three.click(-3, 2)
    expect(selected(three)).to_contain_text("2 points selected")
    three.page.keyboard.up("Shift")
    three.page.keyboard.press("Escape")
    expect(selected(three)).to_be_hidden()
    assert len(three.document["points"]) == 3  # no click has added one


def test_all_of_it_by_keyboard(three: Lab) -> None:
    three.plane.focus()
    three.page.keyboard.press("Control+a")
    expect(selected(three)).to_contain_text("3 points selected")
    three.page.keyboard.press("Enter")
    three.page.keyboard.press("Shift+ArrowRight")
    three.wait_for(lambda: [round(x, 1) for x, _ in places(three)] == [-2.0, -1.0, 5.0], "one long stride")
    three.page.keyboard.press("Delete")
    three.wait_for_points(0)
