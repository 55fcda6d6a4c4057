"""The warped plane: the grid and the points as two units see them."""

from __future__ import annotations

import re

from tests.browser.expecting import expect
from tests.browser.inside import SPIRAL, SUM, open_inside, open_sheet, small, streams, unit
from tests.browser.lab import Lab

WARP = ".warp-canvas"


def test_the_warped_plane_follows_the_units_that_are_clicked_or_chosen(quiet_lab: Lab) -> None:
    asked = streams(quiet_lab.page)
    lab = open_inside(quiet_lab, small("tanh", 5, 3), SPIRAL, steps=20)
    warp = lab.page.locator(WARP)
    diagram = lab.page.locator("#diagram canvas")
    assert "warp" not in asked[-1], "asked for only in sight"
    unmarked = diagram.evaluate(SUM)
    open_sheet(lab, "Two units")
    lab.wait_for(lambda: "warp.2.0.1" in asked[-1], "the stream")
    lab.wait_for(lambda: diagram.evaluate(SUM) != unmarked, "the two units marked in the diagram")
    open_sheet(lab, "Results")
    lab.wait_for(lambda: diagram.evaluate(SUM) == unmarked, "the marks gone with the picture")
    open_sheet(lab, "Two units")
    expect(warp).to_have_attribute("aria-label", re.compile("layer 2 .*unit 1 .*unit 2 "))
    unit(lab, "Hidden layer 1, unit 4").click()
    unit(lab, "Hidden layer 1, unit 2").click()
    open_sheet(lab, "Two units")
    lab.wait_for(lambda: "warp.1.3.1" in asked[-1], "the stream")
    expect(warp).to_have_attribute("aria-label", re.compile("layer 1 .*unit 2 upwards"))
    lab.choose("Layer", "Scores")
    expect(warp).to_have_attribute("aria-label", re.compile("blue circle to the right, orange square upwards"))
    lab.choose("→ to the right", "orange square")
    lab.wait_for(lambda: "warp.3.1.1" in asked[-1], "the stream")


def test_the_warped_plane_moves_while_training_runs(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 5, 3), SPIRAL)
    warp = lab.page.locator(WARP)
    open_sheet(lab, "Two units")
    lab.press("Run")
    first = warp.evaluate(SUM)
    lab.wait_for(lambda: warp.evaluate(SUM) != first, "another picture")
