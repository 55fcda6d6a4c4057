"""A unit's map, enlarged: as fine as the plane, without bands, and following training; weights to four digits."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Route

from tests.browser.expecting import expect
from tests.browser.inside import SPIRAL, SUM, open_inside, small, unit
from tests.browser.lab import Lab


def test_an_enlarged_map_is_coarse_at_once_and_soon_fine(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 3, 2), SPIRAL)
    held: list[Route] = []
    lab.page.route(re.compile("unit=1$"), lambda route: held.append(route))
    unit(lab, "Hidden layer 1, unit 2").hover()
    expect(lab.page.locator(".plane-caption")).to_have_text("Hidden layer 1, unit 2")
    overlay = lab.page.locator("#plane .overlay")
    lab.wait_for(lambda: held, "the request for the fine map")
    coarse = overlay.evaluate(SUM)
    for route in held:
        route.continue_()
    lab.wait_for(lambda: overlay.evaluate(SUM) != coarse, "the fine map")


def test_the_enlarged_map_follows_training_and_ends_where_it_ends(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 3, 2), SPIRAL)
    card = lab.page.locator(".unit-large")
    before = card.evaluate(SUM)
    replies: list[int] = []

    def note(response: Any) -> None:
        if "/unit?" in response.url:
            replies.append(response.json()["step"])

    lab.page.on("response", note)
    lab.press("Run")
    lab.wait_for(lambda: len(replies) >= 3 and replies[-1] > replies[0], "maps of later steps")
    lab.press("Pause")
    expect(lab.button("Run")).to_be_visible()
    lab.wait_for(lambda: replies[-1] == lab.step, "the map of the last step")
    lab.wait_for(lambda: card.evaluate(SUM) != before, "another map")


def test_weights_have_four_digits_where_they_are_edited(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 3, 2))
    unit(lab, "Hidden layer 1, unit 1").click()
    lab.type_number("Weight from x", "1.2345")
    exact = lab.server.get(f"/api/v1/sessions/{lab.session_id}/model")["layers"][0]["weights"][1][0]
    expect(lab.box("Weight from x")).to_have_value(re.compile("1.23[45]"))
    shown = lab.box("Weight from y").input_value().replace("−", "-")
    assert abs(float(shown) - exact) <= abs(exact) * 6e-4
