"""The part of the plane that is shown: fitted, zoomed and moved by hand, and on paper; points that are held out."""

from __future__ import annotations

from typing import Any

from tests.browser.expecting import expect
from tests.browser.lab import Lab

EXAMS = [{"x": 30 + 3.5 * i, "y": 100 - 2.5 * i, "label": int(i > 9)} for i in range(20)]
EDGES = ("x_range", "y_range")


def view_of(lab: Lab) -> dict[str, Any]:
    return lab.document["view"]


def width(view: dict[str, Any]) -> float:
    low, high = view["x_range"]
    return high - low


def test_points_out_of_view_are_told_and_the_plane_goes_where_the_hand_wants(quiet_lab: Lab) -> None:
    lab, page = quiet_lab, quiet_lab.page
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/points", {"points": EXAMS})
    expect(page.locator("#outside")).to_contain_text("20 points are out of view")
    page.locator("#outside").get_by_role("button", name="Fit to points").click()
    lab.wait_for_field("view", {"x_range": [25, 100], "y_range": [50, 105]})
    expect(page.locator("#outside")).to_be_hidden()

    box = lab.plane.bounding_box()
    assert box
    at = (box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
    page.mouse.move(*at)
    page.mouse.wheel(0, -240)
    lab.wait_for(lambda: width(view_of(lab)) < 60, "a closer view")
    low, high = view_of(lab)["x_range"]
    assert abs(low + 0.2 * (high - low) - 40) < 0.1, "what was under the pointer stays there"

    before = view_of(lab)
    page.mouse.down()
    page.mouse.move(at[0] + box["width"] / 2, at[1], steps=4)
    page.mouse.up()
    lab.wait_for(lambda: view_of(lab)["x_range"][0] < before["x_range"][0] - 10, "a view beside it")
    assert abs(width(view_of(lab)) - width(before)) < 0.01
    assert len(lab.document["points"]) == 20, "no drag adds a point"

    page.mouse.dblclick(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.9)
    assert len(lab.wait_for_points(21)) == 21
    expect(page.locator("#inspector .selected").first).to_be_hidden()

    lab.type_number("x from", "-50")
    lab.wait_for(lambda: view_of(lab)["x_range"][0] == -50, "the edge that was typed")


# Where the two pictures of the plane are drawn, frame by frame, as long as the hand moves.
NOTE_PLACES = """() => {
  window.places = [];
  const canvases = [...document.querySelectorAll("#plane .regions, #plane .overlay")];
  const note = () => {
    window.places.push(canvases.map(({ style }) => style.transform));
    requestAnimationFrame(note);
  };
  note();
}"""


def test_flat_regions_move_with_the_view_as_shades_do(lab: Lab) -> None:
    lab.press("Pause")
    lab.page.get_by_role("radio", name="Regions").check(force=True)
    expect(lab.page.locator("#plane .overlay")).to_be_visible()  # its code is fetched with the first press
    lab.page.evaluate(NOTE_PLACES)
    lab.stroke((-5.5, 5.5), (3, 2), steps=8)
    lab.wait_for(lambda: lab.document["view"]["x_range"][0] < -7, "another view")
    places = lab.page.evaluate("window.places")
    assert any(below for below, _ in places)
    assert [place for place in places if place[0] != place[1]] == []


def held_out(lab: Lab) -> list[int]:
    return [point["id"] for point in lab.document["points"] if point["held_out"]]


def test_a_share_of_own_points_is_held_out_or_the_reason_told(quiet_lab: Lab) -> None:
    lab, page = quiet_lab, quiet_lab.page
    share = lab.box("Test share")
    lab.find(page.get_by_role("tab", name="Data", exact=True)).click()
    expect(share).to_be_disabled()
    expect(page.get_by_text("There are no points to hold out.")).to_be_visible()
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/points", {"points": EXAMS})
    expect(share).to_be_enabled()
    lab.type_number("Test share", "30")
    lab.wait_for(lambda: len(held_out(lab)) == 6, "6 test points")
    first = held_out(lab)
    lab.press("Other test points")
    lab.wait_for(lambda: len(held_out(lab)) == 6 and held_out(lab) != first, "others")


def test_nothing_of_the_rail_moves_when_points_become_ones_own(lab: Lab) -> None:
    lab.press("Pause")
    lab.come_to_rest()
    parts = [
        lab.page.locator(f"#sheet-data {name}") for name in (".stepper", ".data-buttons", "#dataset-more", "#legend")
    ]
    before = [part.bounding_box() for part in parts]
    lab.click(-5, 5)
    expect(lab.button("Other test points")).to_be_visible()
    assert [part.bounding_box() for part in parts] == before
    lab.press("Clear points")
    expect(lab.page.get_by_text("There are no points to hold out.")).to_be_visible()
    lab.see_over_the_plane(lab.page.get_by_text("Click to add a point, drag to move it"))
    assert [part.bounding_box() for part in parts] == before


def test_measured_data_say_whose_they_are_and_are_scaled(quiet_lab: Lab) -> None:
    lab, page = quiet_lab, quiet_lab.page
    lab.find(lab.button("Iris")).click()
    lab.wait_for_points(150)
    expect(page.get_by_text("Fisher")).to_be_visible()
    expect(page.get_by_text("License: CC BY 4.0.")).to_be_visible()
    expect(lab.box("Noise")).to_be_hidden()
    lab.wait_for_field("view.x_range", [0.5, 7.5])
    expect(lab.find(lab.choice("Input scaling"))).to_have_value("standard")
    lab.find(lab.button("Moons")).click()
    lab.wait_for_field("view.x_range", [-6, 6])
    lab.wait_for_field("network.scaling", "none")


def test_large_inputs_are_told_with_their_remedy(quiet_lab: Lab) -> None:
    lab = quiet_lab
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/points", {"points": EXAMS})
    lab.page.get_by_role("tab", name="Health", exact=True).click()
    expect(lab.page.locator(".advice")).to_contain_text("Inputs are large: scale them.")
    lab.choose("Input scaling", "standard")
    expect(lab.page.locator(".advice")).not_to_contain_text("Inputs are large")
