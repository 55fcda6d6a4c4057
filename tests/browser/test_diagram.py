"""The diagram: every unit with its map, links and biases, looked at, chosen and changed by hand."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Position

from tests.browser.expecting import expect
from tests.browser.inside import SPIRAL, model, open_inside, small, unit
from tests.browser.lab import Lab

TILE_PX = 28  # of a unit in the default network
PIXEL = "(c, x) => [...c.getContext('2d').getImageData(c.width * x, 50, 1, 1).data]"


def middle(first: Locator, second: Locator) -> Position:
    """Half way along the link between two tiles, on the diagram's sheet."""
    place = "(tile) => [tile.offsetLeft, tile.offsetTop, tile.offsetWidth]"
    (left, top, width), (right, bottom, _) = first.evaluate(place), second.evaluate(place)
    return {"x": (left + width + right) / 2, "y": (top + bottom + width) / 2}


def test_the_diagram_is_walked_by_keyboard(inside: Lab) -> None:
    unit(inside, "Input x").focus()
    inside.page.keyboard.press("ArrowRight")
    inside.page.keyboard.press("ArrowDown")
    focused = inside.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused.startswith("Hidden layer 1, unit ")
    expect(inside.page.locator(".plane-caption")).to_have_text(focused)
    inside.page.keyboard.press("Enter")
    expect(inside.page.locator(".unit-card h3")).to_have_text(focused)
    expect(unit(inside, focused)).to_have_attribute("aria-pressed", "true")


def test_a_click_on_a_link_lets_a_new_weight_be_typed_while_training_runs(fresh_lab: Lab) -> None:
    document = small("tanh", 1) | {"training": {"learning_rate": 1e-9}, "pace": {"steps_per_second": 50}}
    lab = open_inside(fresh_lab, document, SPIRAL)
    lab.press("Run")
    lab.wait_for(lambda: lab.step > 5, "steps")
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


def test_weights_and_biases_are_typed_and_undone_and_what_is_no_number_is_not_taken(inside: Lab) -> None:
    unit(inside, "Hidden layer 1, unit 1").click()
    before = model(inside)[0]["weights"][0][0]
    inside.type_number("Weight from x", "3")
    inside.wait_for(lambda: model(inside)[0]["weights"][0][0] == 3, "the new weight")
    inside.press("Undo")
    inside.wait_for(lambda: model(inside)[0]["weights"][0][0] == before, "the old weight")
    inside.press("Redo")
    expect(inside.box("Weight from x")).to_have_value("3")
    unit(inside, "Hidden layer 1, unit 3").click(position={"x": 2, "y": TILE_PX - 4})
    expect(inside.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 3")
    expect(inside.box("Bias")).to_be_focused()
    inside.page.keyboard.type("0.5")
    inside.page.keyboard.press("Enter")
    inside.wait_for(lambda: model(inside)[0]["biases"][2] == pytest.approx(0.5), "the new bias")
    unit(inside, "Hidden layer 1, unit 1").click()
    before = model(inside)[0]["weights"][0][0]
    shown = inside.box("Weight from x").input_value()
    inside.type_number("Weight from x", "much")
    expect(inside.box("Weight from x")).to_have_value(shown)
    assert model(inside)[0]["weights"][0][0] == before


def test_a_press_on_a_tile_is_one_whatever_changes_meanwhile(inside: Lab) -> None:
    tile, card = unit(inside, "Hidden layer 1, unit 3"), inside.page.locator(".unit-card h3")
    session = f"/api/v1/sessions/{inside.session_id}"
    hidden = inside.document["network"]["hidden"]
    changes: list[tuple[str, dict[str, Any]]] = [
        ("1", {"training": {"l2": 0.01}}),
        ("2", {"network": {"loss": "svm"}}),
        ("3", {"network": {"inputs": ["x", "y", "x^2"]}}),
        ("4", {"network": {"hidden": [*hidden, hidden[0]]}}),
    ]
    for title, change in changes:
        unit(inside, "Hidden layer 1, unit 1").click()
        expect(card).to_have_text("Hidden layer 1, unit 1")
        tile.hover()
        inside.page.mouse.down()
        inside.server.request("PATCH", session, change | {"title": title})
        expect(inside.page.locator("#title")).to_have_value(title)
        inside.frames()
        tile.hover()
        inside.page.mouse.up()
        inside.page.mouse.move(2, 2)
        expect(card).to_have_text("Hidden layer 1, unit 3")


def test_the_pieces_of_a_maxout_unit_have_weights_of_their_own_and_the_card_follows_their_number(
    fresh_lab: Lab,
) -> None:
    layer = {"units": 2, "activation": "maxout", "pieces": 3}
    lab = open_inside(fresh_lab, {"network": {"hidden": [layer]}})
    unit(lab, "Hidden layer 1, unit 2").click()
    lab.box("Weight from y").nth(1).fill("0.25")
    lab.box("Weight from y").nth(1).press("Enter")
    lab.wait_for(lambda: model(lab)[0]["weights"][1][1][1] == pytest.approx(0.25), "the second piece's weight")

    def change(network: dict[str, Any]) -> None:
        lab.server.request("PATCH", f"/api/v1/sessions/{lab.session_id}", {"network": network})

    for pieces in (3, 2, 4):
        change({"hidden": [layer | {"pieces": pieces}]})
        expect(lab.box("Weight from y")).to_have_count(pieces)
    change({"scaling": "standard"})
    expect(lab.box("Weight from y (scaled)")).to_have_count(4)


def test_a_hand_over_another_unit_leaves_the_weight_that_is_being_typed(inside: Lab) -> None:
    place = middle(unit(inside, "Input y"), unit(inside, "Hidden layer 1, unit 1"))
    inside.page.locator(".diagram-sheet").click(position=place)
    title = inside.page.locator(".unit-card h3").inner_text()
    box = inside.page.locator(".unit-card input:focus")
    expect(box).to_be_visible()
    inside.page.keyboard.type("1.")
    unit(inside, "Hidden layer 2, unit 2").hover()
    expect(inside.page.locator(".plane-caption")).to_have_text("Hidden layer 2, unit 2")
    inside.page.keyboard.type("25")
    expect(box).to_have_value("1.25")
    expect(inside.page.locator(".unit-card h3")).to_have_text(title)
    inside.page.keyboard.press("Enter")
    inside.wait_for(lambda: 1.25 in [weight for row in model(inside)[0]["weights"] for weight in row], "the new weight")


def test_eight_layers_of_128_units_stay_readable(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("relu", *[128] * 8))
    tiles = lab.page.locator(".unit-tile:not(.is-input)")
    more = lab.page.locator(".more-units")
    expect(more).to_have_count(8)
    lab.frames()
    shown = (tiles.count() - 2) // 8
    assert tiles.count() == 8 * shown + 2
    card = lab.page.locator(".unit-card h3")
    before = card.inner_text()
    lab.press(f"Show {128 - shown} more units of layer 3")
    expect(lab.button("Show fewer units")).to_be_focused()
    lab.page.mouse.move(2, 2)  # what it hovers over is looked at
    expect(card).to_have_text(before)
    expect(tiles).to_have_count(7 * shown + 128 + 2)
    lab.press(f"Show {128 - shown} more units of layer 5")
    expect(tiles).to_have_count(7 * shown + 128 + 2)
    lab.press("Show fewer units")
    expect(tiles).to_have_count(8 * shown + 2)


def test_inputs_are_switched_by_clicks_on_their_tiles_and_layers_and_units_come_and_go(inside: Lab) -> None:
    unit(inside, "Input x²").click()
    inside.wait_for_field("network.inputs", ["x", "y", "x^2"])
    expect(unit(inside, "Input x²")).to_have_attribute("aria-pressed", "true")
    expect(inside.page.locator(".column-head").first).to_contain_text("3 of 7 on")
    unit(inside, "Input x").focus()
    inside.page.keyboard.press("Enter")
    inside.wait_for_field("network.inputs", ["y", "x^2"])
    unit(inside, "Input y").click()
    inside.wait_for_field("network.inputs", ["x^2"])
    expect(unit(inside, "Input y")).to_have_attribute("aria-pressed", "false")
    unit(inside, "Input x²").click()
    unit(inside, "Input xy").click()
    inside.wait_for_field("network.inputs", ["x^2", "x*y"])
    inside.press("More: Hidden layers")
    expect(unit(inside, "Hidden layer 3, unit 2")).to_be_visible()
    inside.type_number("Hidden layer 1: units", "3")
    expect(unit(inside, "Hidden layer 1, unit 4")).to_have_count(0)
    expect(unit(inside, "Hidden layer 1, unit 3")).to_be_visible()


def test_an_input_that_is_switched_off_takes_its_map_off_the_plane(inside: Lab) -> None:
    caption = inside.page.locator(".plane-caption")
    unit(inside, "Input x").hover()
    expect(caption).to_have_text("Input x")
    unit(inside, "Input x").click()
    expect(unit(inside, "Input x")).to_have_attribute("aria-pressed", "false")
    expect(caption).to_be_hidden()  # not that of "Input y", which is the first now


def test_the_heads_change_layers_units_activations_and_the_loss(inside: Lab) -> None:
    inside.press("Hidden layer 1: units: One unit more")
    inside.wait_for_field("network.hidden.0.units", 7)
    expect(unit(inside, "Hidden layer 1, unit 7")).to_be_visible()
    inside.choice("Hidden layer 2: activation").select_option("ReLU")
    inside.wait_for_field("network.hidden.1.activation", "relu")
    inside.choice("Loss function").select_option("svm")
    inside.wait_for_field("network.loss", "svm")
    inside.choice("Loss function").select_option("binary_svm")
    expect(unit(inside, "Score")).to_be_visible()
    inside.choice("Loss function").select_option("softmax")
    expect(unit(inside, "Score of orange square")).to_be_visible()
    inside.press("Add a hidden layer")
    inside.wait_for(lambda: [layer["units"] for layer in inside.document["network"]["hidden"]] == [7, 2, 2], "a copy")
    inside.page.locator(".column-head").nth(1).hover()
    inside.press("Remove hidden layer 1")
    inside.wait_for(lambda: [layer["units"] for layer in inside.document["network"]["hidden"]] == [2, 2], "a removal")


def see_every_unit(inside: Lab) -> None:
    names = inside.page.locator(".unit-tile:not(.is-spare)").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert names == [
        "Input x", "Input y",
        *[f"Hidden layer 1, unit {number}" for number in range(1, 7)],
        "Hidden layer 2, unit 1", "Hidden layer 2, unit 2",
        "Score of blue circle", "Score of orange square",
    ]  # fmt: skip
    unused = inside.page.locator(".is-spare").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert unused == ["Input x²", "Input y²", "Input xy", "Input sin(x)", "Input sin(y)"]
    assert inside.page.locator(".column-head").all_inner_texts()[0].split("\n") == ["Inputs", "2 of 7 on"]
    expect(inside.box("Hidden layer 1: units")).to_have_value("6")
    expect(inside.choice("Hidden layer 1: activation")).to_have_value("tanh")
    expect(inside.choice("Loss function")).to_have_value("softmax")


def test_every_unit_stands_in_the_diagram_and_its_map_comes_onto_the_plane_and_may_stay_there(inside: Lab) -> None:
    see_every_unit(inside)
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
    unit(inside, "Hidden layer 2, unit 2").click()
    inside.press("Show on the plane")
    inside.page.mouse.move(2, 2)
    expect(inside.page.locator(".plane-caption")).to_have_text("Hidden layer 2, unit 2")
    inside.press("Take it off the plane")
    expect(inside.page.locator(".plane-caption")).to_be_hidden()
    expect(inside.button("Show on the plane")).to_have_attribute("aria-pressed", "false")
    inside.press("38 parameters")
    panel = inside.page.get_by_role("dialog", name="Size of the network")
    expect(panel).to_contain_text("3-layer network (2 hidden layers)")
    expect(panel).to_contain_text("[2 × 6] + [6 × 2] + [2 × 2] = 28 weights")


def test_training_starts_afresh_at_each_change_if_one_wants_that(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 3), SPIRAL, steps=5)
    more = "Hidden layer 1: units: One unit more"
    lab.press(more)
    expect(lab.page.get_by_text("Weights stay where the shape allows it.")).to_be_visible()
    assert lab.step == 5
    lab.page.locator("#network-size").click()
    lab.page.get_by_role("checkbox", name="Start afresh at each change of the network").check()
    lab.page.keyboard.press("Escape")
    lab.press(more)
    lab.wait_for(lambda: lab.step == 0, "a fresh start")
    lab.wait_for_field("network.hidden.0.units", 5)
    lab.press("Undo")  # which is one
    lab.wait_for(lambda: lab.step == 5, "the course that was left")
    lab.wait_for_field("network.hidden.0.units", 4)


def test_an_enlarged_network_takes_the_rails_place_and_more_of_its_units_show(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 6, 6))
    before = lab.page.locator("#diagram").bounding_box()
    lab.press("Enlarge the network")
    heads = lab.page.locator(".column-head")

    def spread() -> float:
        return heads.last.bounding_box()["x"] - heads.first.bounding_box()["x"]

    lab.wait_for(lambda: lab.page.locator("#diagram").bounding_box()["width"] > before["width"] + 150, "more room")
    lab.wait_for(lambda: spread() > before["width"], "its columns further apart")


def test_the_menu_of_a_layer_has_all_there_is_to_set(inside: Lab) -> None:
    inside.press("Hidden 1")
    menu = inside.page.get_by_role("dialog", name="Hidden layer 1")
    menu.get_by_role("button", name="One unit more").click()
    inside.wait_for_field("network.hidden.0.units", 7)
    menu.get_by_role("combobox", name="Hidden layer 1: activation").select_option("Maxout")
    inside.wait_for_field("network.hidden.0.activation", "maxout")
    menu.get_by_role("textbox", name="Pieces").fill("3")
    menu.get_by_role("textbox", name="Pieces").press("Enter")
    inside.wait_for_field("network.hidden.0.pieces", 3)
    keep = menu.get_by_role("textbox", name="Layer 1: keep probability")
    keep.fill("0.7")
    keep.press("Enter")
    inside.wait_for_field("network.hidden.0.keep_prob", 0.7)
    keep.fill("1")
    keep.press("Enter")
    inside.wait_for_field("network.hidden.0.keep_prob", None)
    menu.get_by_role("button", name="Add a layer after it").click()
    inside.wait_for(lambda: [layer["units"] for layer in inside.document["network"]["hidden"]] == [7, 7, 2], "a copy")
    expect(menu).to_be_hidden()
    inside.press("Hidden 3")
    inside.page.get_by_role("dialog", name="Hidden layer 3").get_by_role("button", name="Remove hidden layer 3").click()
    inside.wait_for(lambda: [layer["units"] for layer in inside.document["network"]["hidden"]] == [7, 7], "a removal")


def test_many_layers_have_one_button_each_that_opens_the_menu(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 3, 4, 5, 6))
    heads = lab.page.locator("button.column-head")
    expect(heads).to_have_count(4)
    expect(heads.nth(2)).to_have_accessible_name("Hidden layer 3: 5 tanh")
    heads.nth(2).click()
    lab.page.get_by_role("dialog", name="Hidden layer 3").get_by_role("button", name="One unit less").click()
    lab.wait_for_field("network.hidden.2.units", 4)


def test_who_may_only_watch_looks_at_units_and_changes_nothing(inside: Lab) -> None:
    view_id = inside.server.get(f"/api/v1/sessions/{inside.session_id}")["view_id"]
    inside.open(f"/s/{view_id}")
    expect(inside.page.locator(".column-head")).to_have_count(4)
    expect(inside.box("Hidden layer 1: units")).to_be_disabled()
    expect(inside.page.locator(".add-layer")).to_be_hidden()
    unit(inside, "Input y").click()
    expect(inside.page.locator(".unit-card h3")).to_have_text("Input y")
