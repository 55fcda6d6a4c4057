"""Inside the network: diagram, unit card, health, warped plane, one point, confusion counts, and the plane's modes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Position, expect

from tests.browser.lab import Lab
from tests.browser.test_accessibility import violations
from tests.browser.test_phone import SMALL_TARGETS, phone  # noqa: F401 - a fixture
from tests.serving import Server

CARD_MAP = ".unit-large"
WARP = ".warp-canvas"
PIXELS = "(c) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
SUM = f"(c) => ({PIXELS})(c).reduce((sum, value, i) => (sum * 31 + value + i) | 0, 7)"
PIXEL = "(c, x) => [...c.getContext('2d').getImageData(c.width * x, 50, 1, 1).data]"
ROW_COLOURS = (
    "(c) => new Set(new Uint32Array(c.getContext('2d').getImageData(0, c.height >> 1, c.width, 1).data.buffer)).size"
)

SPIRAL = {"name": "spiral", "points": 60, "noise": 0.05, "seed": 1}


def small(activation: str = "tanh", *units: int, **network: Any) -> dict[str, Any]:
    return {"network": {"hidden": [{"units": count, "activation": activation} for count in units], **network}}


def open_inside(lab: Lab, document: dict[str, Any], dataset: dict[str, Any] | None = None, *, steps: int = 0) -> Lab:
    """An experiment made through the API, with the panel opened by its heading."""
    made = lab.server.post("/api/v1/sessions", document)["id"]
    if dataset:
        lab.server.post(f"/api/v1/sessions/{made}/dataset", dataset)
    if steps:
        lab.server.post(f"/api/v1/sessions/{made}/step", {"steps": steps})
    lab.open(f"/s/{made}")
    return unfold(lab)


THREE_CLASSES = {"name": "spiral", "points": 60, "classes": 3}


def unfold(lab: Lab) -> Lab:
    lab.page.get_by_role("heading", name="Inside the network").click()
    expect(lab.page.locator(CARD_MAP)).to_be_visible()
    lab.page.locator(".diagram").scroll_into_view_if_needed()
    expect(lab.page.locator(".unit-tile").first).to_be_visible()
    return lab


@pytest.fixture
def inside(quiet_lab: Lab) -> Lab:
    """The default network, paused, without points, with the panel open."""
    return unfold(quiet_lab)


def model(lab: Lab) -> list[dict[str, Any]]:
    return lab.server.get(f"/api/v1/sessions/{lab.session_id}/model")["layers"]


def unit(lab: Lab, name: str) -> Locator:
    return lab.button(name)


def middle(first: Locator, second: Locator) -> Position:
    """Half way along the link between two tiles, on the diagram's sheet."""
    place = "(tile) => [tile.offsetLeft, tile.offsetTop, tile.offsetWidth]"
    (left, top, width), (right, bottom, _) = first.evaluate(place), second.evaluate(place)
    return {"x": (left + width + right) / 2, "y": (top + bottom + width) / 2}


def streams(page: Page) -> list[str]:
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/stream" in request.url else None)
    return found


# The panel


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


# 1. The diagram


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
    inside.page.locator("#inside-fold summary").focus()
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
    lab.press("Show 121 more units of layer 3")
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


def test_who_may_only_watch_sees_everything_and_changes_nothing(inside: Lab) -> None:
    view_id = inside.server.get(f"/api/v1/sessions/{inside.session_id}")["view_id"]
    inside.open(f"/s/{view_id}")
    expect(inside.box("Bias")).to_be_disabled()
    unit(inside, "Hidden layer 1, unit 2").click()
    expect(inside.page.locator(".unit-card h3")).to_have_text("Hidden layer 1, unit 2")


# 2. Health


def test_dead_units_raise_an_alarm_that_says_what_to_try_even_while_the_panel_is_closed(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("relu", 2, 4), SPIRAL)
    for number in range(2):
        unit(lab, f"Hidden layer 1, unit {number + 1}").click()
        lab.type_number("Bias", "-90")
    alarm = lab.page.locator("#inside-alarm")
    expect(alarm).to_contain_text("Hidden layer 1: dead units 100.0 %")
    row = lab.page.get_by_role("row", name=re.compile("Hidden layer 1"))
    expect(row.get_by_role("cell").first).to_contain_text("alarm")
    expect(lab.page.locator(".advice")).to_contain_text("Lower the learning rate")
    lab.page.get_by_role("heading", name="Inside the network").click()
    expect(alarm).to_be_visible()


def test_each_layer_has_its_row_of_figures(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("tanh", 4, 3), SPIRAL, steps=50)
    rows = lab.page.locator(".health tbody tr")
    expect(rows.locator("th")).to_have_text(["Hidden layer 1", "Hidden layer 2", "Output layer"])
    layers = lab.server.get(f"/api/v1/sessions/{lab.session_id}")["snapshot"]["layers"]
    shown = [float(text) for text in rows.locator("td:nth-of-type(3) .number").all_inner_texts()]
    assert shown == [pytest.approx(layer["update_ratio"], rel=0.06) for layer in layers]


# 3. The warped plane


def test_the_warped_plane_follows_the_units_that_are_clicked_or_chosen(quiet_lab: Lab) -> None:
    asked = streams(quiet_lab.page)
    lab = open_inside(quiet_lab, small("tanh", 5, 3), SPIRAL, steps=20)
    warp = lab.page.locator(WARP)
    expect(warp).to_have_attribute("aria-label", re.compile("layer 2 .*unit 1 .*unit 2 "))
    unit(lab, "Hidden layer 1, unit 4").click()
    unit(lab, "Hidden layer 1, unit 2").click()
    lab.wait_for(lambda: "warp.1.3.1" in asked[-1], "the stream")
    expect(warp).to_have_attribute("aria-label", re.compile("layer 1 .*unit 2 upwards"))
    lab.choice("Layer").select_option("Scores")
    expect(warp).to_have_attribute("aria-label", re.compile("blue circle to the right, orange square upwards"))
    lab.choice("→ to the right").select_option("orange square")
    lab.wait_for(lambda: "warp.3.1.1" in asked[-1], "the stream")


def test_the_warped_plane_moves_while_training_runs(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("tanh", 5, 3), SPIRAL)
    warp = lab.page.locator(WARP)
    warp.scroll_into_view_if_needed()
    lab.press("Run")
    warp.scroll_into_view_if_needed()
    first = warp.evaluate(SUM)
    lab.wait_for(lambda: warp.evaluate(SUM) != first, "another picture")


# 4. One point


def numbers(row: Locator) -> list[float]:
    return [float(text.replace("−", "-")) for text in row.locator("td:visible").all_inner_texts()]


def test_the_place_under_the_pointer_goes_through_the_network_number_by_number(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("relu", 4, 3), SPIRAL, steps=200)
    lab.page.set_viewport_size({"width": 1400, "height": 2400})
    lab.plane.hover(position=lab.place(-5.5, 5.25))
    expect(lab.page.locator(".probe-where")).to_contain_text("a place without a point")
    where = re.findall("[−\\d.]+", lab.page.locator(".probe-where").inner_text())
    x, y = (float(text.replace("−", "-")) for text in where[:2])
    assert (x, y) == pytest.approx((-5.5, 5.25), abs=0.03)
    expect(lab.page.locator(".shapes")).to_have_text(
        ["ReLU of [4×2][2×1] + [4×1]", "ReLU of [3×4][4×1] + [3×1]", "[2×3][3×1] + [2×1]"]
    )
    said = lab.server.post(f"/api/v1/sessions/{lab.session_id}/predict", {"points": [[x, y]], "activations": True})
    layers = lab.page.locator(".probe-layer")
    for index, expected in enumerate([*said["activations"], said["scores"]]):
        for number, value in enumerate(expected[0]):
            product, bias, z, *h = numbers(layers.nth(index).locator("tbody tr").nth(number))
            assert z == pytest.approx(product + bias, abs=0.02)
            assert (h or [z])[0] == pytest.approx(value, rel=0.02, abs=0.05)
    shown = [float(text) for text in lab.page.locator(".probe-bars .number").all_inner_texts()]
    assert shown == pytest.approx(said["probabilities"][0], abs=0.02)


def test_near_a_point_it_is_the_point_and_has_a_loss(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("tanh", 3) | {"points": [{"x": 2, "y": 1, "label": 1}]})
    lab.page.set_viewport_size({"width": 1400, "height": 2400})
    lab.plane.hover(position=lab.place(2.05, 1.05))
    expect(lab.page.locator(".probe-where")).to_have_text("x = 2.00, y = 1.00: orange square, training point")
    loss = lab.server.get(f"/api/v1/sessions/{lab.session_id}")["snapshot"]["data_loss"]
    shown = float(lab.page.locator(".probe-loss").inner_text().split("= ")[-1])
    assert shown == pytest.approx(loss, rel=0.02)


def test_the_keyboards_cursor_is_followed_too(inside: Lab) -> None:
    inside.page.set_viewport_size({"width": 1400, "height": 2400})
    inside.page.mouse.move(2, 2)
    inside.plane.focus()
    for _ in range(5):
        inside.page.keyboard.press("ArrowRight")
    expect(inside.page.locator(".probe-where")).to_contain_text("x = 1.00, y = 0.00")


PROBE = """async ([network, points, layers]) => {
  const { scoresAt, probabilities } = await import("/static/js/core/probe.js");
  const scores = points.map(([x, y]) => scoresAt(network, layers, x, y));
  return { scores, probabilities: scores.map((one) => probabilities(network.loss, one)) };
}"""

NETWORKS = [
    small("sigmoid", 3, 3),
    small("leaky_relu", 4, inputs=["x", "y", "x^2", "y^2", "x*y", "sin(x)", "sin(y)"]),
    small("maxout", 3, 2),
    small("identity", 2, loss="svm"),
    small("tanh", 3, 3, skips=[[0, 2], [0, 3], [1, 3]], loss="binary_softmax"),
    small(loss="binary_svm"),
]


@pytest.mark.parametrize("document", NETWORKS, ids=lambda document: str(document["network"])[:60])
def test_the_page_computes_what_the_server_predicts(quiet_lab: Lab, document: dict[str, Any]) -> None:
    made = quiet_lab.server.post("/api/v1/sessions", document)
    path = f"/api/v1/sessions/{made['id']}"
    points = [[-4.5, 2.0], [0.25, -3.0], [5.0, 5.0]]
    layers = quiet_lab.server.get(f"{path}/model")["layers"]
    said = quiet_lab.server.post(f"{path}/predict", {"points": points})
    computed = quiet_lab.page.evaluate(PROBE, [made["document"]["network"], points, layers])
    for ours, theirs in zip(computed["scores"], said["scores"], strict=True):
        assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-4)
    if said["probabilities"]:
        for ours, theirs in zip(computed["probabilities"], said["probabilities"], strict=True):
            assert ours == pytest.approx(theirs, abs=1e-4)


# 5. Confusion counts and the plane's modes


def test_confusion_counts_add_up_to_the_accuracy(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, {"classes": 3}, {"name": "spiral", "points": 90, "classes": 3}, steps=30)
    table = lab.page.locator(".confusion").first
    table.scroll_into_view_if_needed()
    expect(table.locator("td.right")).to_have_count(3)
    counts = [int(text) for text in table.locator("tbody td").all_inner_texts()]
    accuracy = lab.server.get(f"/api/v1/sessions/{lab.session_id}")["snapshot"]["accuracy"]
    training = sum(not point["held_out"] for point in lab.document["points"])
    assert sum(counts) == training
    assert sum(counts[::4]) / training == pytest.approx(accuracy, abs=1.5 / training)


def colours(lab: Lab) -> int:
    """How many different colours the overlay has along a row."""
    count: int = lab.page.locator("#plane .overlay").evaluate(ROW_COLOURS)
    return count


def test_the_plane_is_shown_as_probability_regions_or_contour(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, small("tanh", 4), SPIRAL, steps=100)
    overlay = lab.page.locator("#plane .overlay")
    expect(overlay).to_be_hidden()
    lab.page.get_by_text("Regions", exact=True).click()
    expect(overlay).to_be_visible()
    assert colours(lab) < 20, "flat colours, mixed only along the edges"
    lab.page.get_by_role("radio", name="Regions").press("ArrowRight")
    expect(lab.page.get_by_role("radio", name="Contour at 0.5")).to_be_checked()
    assert overlay.evaluate(f"(c) => ({PIXELS})(c).some((value) => value > 0)")
    lab.page.reload()
    lab.wait_until_ready()
    expect(lab.page.get_by_role("radio", name="Contour at 0.5")).to_be_checked()
    expect(overlay).to_be_visible()


# For everyone


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
    expect(lab.page.locator(".confusion td.right").first).to_be_visible()
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


def test_the_inside_is_one_press_away_from_the_plane(quiet_lab: Lab) -> None:
    quiet_lab.press("Look inside the network")
    expect(unit(quiet_lab, "Hidden layer 1, unit 1")).to_be_in_viewport()
    expect(quiet_lab.page.locator("#inside-fold summary")).to_be_focused()
