"""The diagram: every unit with its map, links and biases, looked at, chosen and changed by hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Position, expect

from tests.browser.inside import SPIRAL, model, open_inside, small, unit
from tests.browser.lab import Lab

PIXEL = "(c, x) => [...c.getContext('2d').getImageData(c.width * x, 50, 1, 1).data]"


def middle(first: Locator, second: Locator) -> Position:
    """Half way along the link between two tiles, on the diagram's sheet."""
    place = "(tile) => [tile.offsetLeft, tile.offsetTop, tile.offsetWidth]"
    (left, top, width), (right, bottom, _) = first.evaluate(place), second.evaluate(place)
    return {"x": (left + width + right) / 2, "y": (top + bottom + width) / 2}


def test_every_input_unit_and_score_stands_in_the_diagram(inside: Lab) -> None:
    names = inside.page.locator(".unit-tile").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert names == [
        "Input x", "Input y",
        *[f"Hidden layer 1, unit {number}" for number in range(1, 7)],
        "Hidden layer 2, unit 1", "Hidden layer 2, unit 2",
        "Score of blue circle", "Score of orange square",
    ]  # fmt: skip
    expect(inside.page.locator(".column-head").nth(1)).to_have_text("Hidden 16 × tanh")


def test_looking_at_a_unit_puts_its_map_onto_the_plane_until_the_pointer_leaves(inside: Lab) -> None:
    caption, overlay = inside.page.locator(".plane-caption"), inside.page.locator("#plane .overlay")
    expect(overlay).to_be_hidden()
    unit(inside, "Input x").hover()
    expect(caption).to_have_text("Input x")
    expect(overlay).to_be_visible()
    left, right = overlay.evaluate(PIXEL, 0.1), overlay.evaluate(PIXEL, 0.9)
    assert left[0] > left[2] + 50, "negative is orange"
    assert right[2] > right[0] + 50, "positive is blue"
    inside.page.mouse.move(2, 2)
    expect(caption).to_be_hidden()
    expect(overlay).to_be_hidden()


def test_the_diagram_is_walked_by_keyboard(inside: Lab) -> None:
    inside.page.locator("button.column-head").last.focus()
    inside.page.keyboard.press("Tab")
    expect(unit(inside, "Input x")).to_be_focused()
    inside.page.keyboard.press("ArrowRight")
    inside.page.keyboard.press("ArrowDown")
    focused = inside.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("Hidden layer 1, unit ")
    expect(inside.page.locator(".plane-caption")).to_have_text(focused)
    inside.page.keyboard.press("Enter")
    expect(inside.page.locator(".unit-card h3")).to_have_text(focused)
    expect(unit(inside, focused)).to_have_attribute("aria-pressed", "true")


def test_a_units_map_can_stay_on_the_plane(inside: Lab) -> None:
    unit(inside, "Hidden layer 2, unit 2").click()
    inside.press("Show on the plane")
    inside.page.mouse.move(2, 2)
    expect(inside.page.locator(".plane-caption")).to_have_text("Hidden layer 2, unit 2")
    inside.press("Show on the plane")
    expect(inside.page.locator(".plane-caption")).to_be_hidden()


def test_a_click_on_a_link_lets_a_new_weight_be_typed_while_training_runs(quiet_lab: Lab) -> None:
    document = small("tanh", 1) | {"training": {"learning_rate": 1e-9}, "pace": {"steps_per_second": 50}}
    lab = open_inside(quiet_lab, document, SPIRAL)
    lab.press("Run")
    lab.wait_for(lambda: lab.step > 5, "steps")
    lab.page.locator(".diagram").scroll_into_view_if_needed()
    place = middle(unit(lab, "Input y"), unit(lab, "Hidden layer 1, unit 1"))
    lab.page.locator(".diagram-sheet").click(position=place)
    box = lab.box("Weight from y")
    expect(box).to_be_focused()
    lab.page.keyboard.type("-1.75")
    lab.page.keyboard.press("Enter")
    lab.wait_for(lambda: model(lab)[0]["weights"][1][0] == pytest.approx(-1.75, abs=1e-3), "the new weight")
    expect(box).to_have_value("−1.75")
    box.press("ArrowUp")
    lab.wait_for(lambda: model(lab)[0]["weights"][1][0] == pytest.approx(-1.65, abs=1e-3), "a nudge")
    assert lab.server.get(f"/api/v1/sessions/{lab.session_id}")["snapshot"]["state"] == "running"


def test_a_typed_weight_is_undone(inside: Lab) -> None:
    unit(inside, "Hidden layer 1, unit 1").click()
    before = model(inside)[0]["weights"][0][0]
    inside.type_number("Weight from x", "3")
    inside.wait_for(lambda: model(inside)[0]["weights"][0][0] == 3, "the new weight")
    inside.press("Undo")
    inside.wait_for(lambda: model(inside)[0]["weights"][0][0] == before, "the old weight")
    inside.press("Redo")
    expect(inside.box("Weight from x")).to_have_value("3")


def test_a_click_on_a_bias_lets_it_be_typed_anew(inside: Lab) -> None:
    unit(inside, "Hidden layer 1, unit 3").click(position={"x": 4, "y": 40})
    expect(inside.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 3")
    expect(inside.box("Bias")).to_be_focused()
    inside.page.keyboard.type("0.5")
    inside.page.keyboard.press("Enter")
    inside.wait_for(lambda: model(inside)[0]["biases"][2] == pytest.approx(0.5), "the new bias")


def test_what_is_no_number_is_not_taken_for_a_weight(inside: Lab) -> None:
    unit(inside, "Hidden layer 1, unit 1").click()
    before = model(inside)[0]["weights"][0][0]
    shown = inside.box("Weight from x").input_value()
    inside.type_number("Weight from x", "much")
    expect(inside.box("Weight from x")).to_have_value(shown)
    assert model(inside)[0]["weights"][0][0] == before


def test_the_pieces_of_a_maxout_unit_have_weights_of_their_own(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("maxout", 2))
    unit(lab, "Hidden layer 1, unit 2").click()
    lab.box("Weight from y").nth(1).fill("0.25")
    lab.box("Weight from y").nth(1).press("Enter")
    lab.wait_for(lambda: model(lab)[0]["weights"][1][1][1] == pytest.approx(0.25), "the second piece's weight")


def test_eight_layers_of_128_units_stay_readable(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("relu", *[128] * 8))
    tiles = lab.page.locator(".unit-tile")
    expect(tiles).to_have_count(2 + 8 * 7 + 2)
    card = lab.page.locator(".unit-card h3")
    before = card.inner_text()
    lab.press("Show 121 more units of layer 3")
    expect(lab.button("Show fewer units")).to_be_focused()
    lab.page.mouse.move(2, 2)  # what it hovers over is looked at
    expect(card).to_have_text(before)
    expect(tiles).to_have_count(2 + 7 * 7 + 128 + 2)
    lab.press("Show 121 more units of layer 5")
    expect(tiles).to_have_count(2 + 7 * 7 + 128 + 2)
    lab.press("Show fewer units")
    expect(tiles).to_have_count(2 + 8 * 7 + 2)


def test_a_change_of_the_networks_shape_changes_the_diagram(inside: Lab) -> None:
    inside.press("More: Hidden layers")
    expect(unit(inside, "Hidden layer 3, unit 2")).to_be_visible()
    inside.type_number("Hidden layer 1: units", "3")
    expect(unit(inside, "Hidden layer 1, unit 4")).to_have_count(0)
    expect(unit(inside, "Hidden layer 1, unit 3")).to_be_visible()


def test_each_layer_has_a_keep_probability_of_its_own(inside: Lab) -> None:
    inside.type_number("Layer 2: keep probability", "0.6")
    inside.wait_for_field("network.hidden.1.keep_prob", 0.6)
    inside.type_number("Layer 2: keep probability", "1")
    inside.wait_for_field("network.hidden.1.keep_prob", None)


def test_layers_and_units_come_and_go_at_the_diagrams_columns(inside: Lab) -> None:
    head = inside.page.locator("button.column-head")
    head.nth(1).click()
    menu = inside.page.get_by_role("dialog", name="Hidden layer 1")
    menu.get_by_role("button", name="One unit more").click()
    inside.wait_for_field("network.hidden.0.units", 7)
    expect(unit(inside, "Hidden layer 1, unit 7")).to_be_visible()
    menu.get_by_role("button", name="One unit less").click()
    inside.wait_for_field("network.hidden.0.units", 6)
    menu.get_by_role("combobox", name="Hidden layer 1: activation").select_option("ReLU")
    inside.wait_for_field("network.hidden.0.activation", "relu")
    expect(head.nth(1)).to_have_text("Hidden 16 × ReLU")
    menu.get_by_role("textbox", name="Layer 1: keep probability").fill("0.7")
    menu.get_by_role("textbox", name="Layer 1: keep probability").press("Enter")
    inside.wait_for_field("network.hidden.0.keep_prob", 0.7)
    menu.get_by_role("button", name="Add a layer after it").click()
    inside.wait_for(lambda: [layer["units"] for layer in inside.document["network"]["hidden"]] == [6, 6, 2], "a copy")
    expect(menu).to_be_hidden()
    head.nth(3).click()
    inside.page.get_by_role("dialog", name="Hidden layer 3").get_by_role("button", name="Remove hidden layer 3").click()
    inside.wait_for(lambda: [layer["units"] for layer in inside.document["network"]["hidden"]] == [6, 6], "a removal")
    expect(unit(inside, "Hidden layer 3, unit 1")).to_have_count(0)
    head.nth(0).press("Enter")
    inside.page.get_by_role("dialog", name="Inputs").get_by_role("button", name="Add a layer after it").press("Enter")
    inside.wait_for(lambda: len(inside.document["network"]["hidden"]) == 3, "a first layer")


def test_who_may_only_watch_finds_no_buttons_at_the_columns(inside: Lab) -> None:
    view_id = inside.server.get(f"/api/v1/sessions/{inside.session_id}")["view_id"]
    inside.open(f"/s/{view_id}")
    inside.page.locator("#inside-fold summary").scroll_into_view_if_needed()
    expect(inside.page.locator(".column-head")).to_have_count(4)
    expect(inside.page.locator("button.column-head")).to_have_count(0)
