"""One point goes through the network, number by number."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.expecting import expect
from tests.browser.inside import SPIRAL, open_inside, open_sheet, small
from tests.browser.lab import Lab
from tests.serving import Server


def numbers(row: Locator) -> list[float]:
    return [float(text.replace("−", "-")) for text in row.locator("td:visible").all_inner_texts()]


def look_at(lab: Lab, x: float, y: float, words: str) -> None:
    """Point there, then go down to the probe and read: window and page need not have room for both at once."""
    where = lab.page.locator(".probe-where")

    def is_told() -> bool:
        lab.point_at(x, y)
        return words in lab.see(where).inner_text()

    lab.wait_for(is_told, words)


def test_the_place_under_the_pointer_goes_through_the_network_number_by_number(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("relu", 4, 3), SPIRAL, steps=200)
    open_sheet(lab, "One point")
    look_at(lab, -5.5, 5.25, "a place without a point")
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


def test_near_a_point_it_is_the_point_and_has_a_loss_and_the_keyboards_cursor_is_followed_too(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 3) | {"points": [{"x": 2, "y": 1, "label": 1}]})
    open_sheet(lab, "One point")
    look_at(lab, 2.05, 1.05, "x = 2.00, y = 1.00: orange square, training point")
    loss = lab.server.get(f"/api/v1/sessions/{lab.session_id}")["snapshot"]["data_loss"]
    shown = float(lab.page.locator(".probe-loss").inner_text().split("= ")[-1])
    assert shown == pytest.approx(loss, rel=0.02)
    lab.page.mouse.move(2, 2)
    lab.plane.focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowRight")
    expect(lab.see(lab.page.locator(".probe-where"))).to_contain_text("x = 1.00, y = 0.00")


PROBE = """async ([document, points, layers]) => {
  const { scoresAt, probabilities } = await import("/static/js/core/probe.js");
  const scores = points.map(([x, y]) => scoresAt(document, layers, x, y));
  return { scores, probabilities: scores.map((one) => probabilities(document.network.loss, one)) };
}"""

NETWORKS = [
    small("sigmoid", 3, 3),
    small("leaky_relu", 4, inputs=["x", "y", "x^2", "y^2", "x*y", "sin(x)", "sin(y)"]),
    small("maxout", 3, 2),
    small("identity", 2, loss="svm"),
    small("tanh", 3, 3, skips=[[0, 2], [0, 3], [1, 3]], loss="binary_softmax"),
    small(loss="binary_svm"),
]


def test_the_page_computes_what_the_server_predicts(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/healthz")  # any page of the server may use the scripts
    for document in NETWORKS:
        made = server.post("/api/v1/sessions", document)
        path = f"/api/v1/sessions/{made['id']}"
        points = [[-4.5, 2.0], [0.25, -3.0], [5.0, 5.0]]
        layers = server.get(f"{path}/model")["layers"]
        said = server.post(f"{path}/predict", {"points": points})
        computed = page.evaluate(PROBE, [made["document"], points, layers])
        for ours, theirs in zip(computed["scores"], said["scores"], strict=True):
            assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-4), document
        for ours, theirs in zip(
            computed["probabilities"], said["probabilities"] or [], strict=bool(said["probabilities"])
        ):
            assert ours == pytest.approx(theirs, abs=1e-4), document
