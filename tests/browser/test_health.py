"""The health of each layer: its figures, and an alarm that says what to try."""

from __future__ import annotations

import re

import pytest

from tests.browser.expecting import expect
from tests.browser.inside import SPIRAL, open_inside, open_sheet, small, unit
from tests.browser.lab import Lab


def test_dead_units_raise_an_alarm_over_the_chart_and_at_their_foot_and_both_lead_to_what_to_try(
    fresh_lab: Lab,
) -> None:
    lab = open_inside(fresh_lab, small("relu", 2, 4), SPIRAL)
    for number in range(2):
        unit(lab, f"Hidden layer 1, unit {number + 1}").click()
        lab.type_number("Bias", "-90")
    open_sheet(lab, "Results")
    alarm = lab.page.locator("#results-alarm")
    expect(alarm).to_contain_text("Hidden layer 1: dead units 100.0 %")
    expect(lab.page.get_by_role("tab", name="Health")).to_have_class("tab is-alarm")
    alarm.click()
    row = lab.page.get_by_role("row", name=re.compile("Hidden layer 1"))
    expect(row.get_by_role("cell").first).to_contain_text("alarm")
    expect(lab.page.locator(".advice")).to_contain_text("Lower the learning rate")
    expect(lab.page.locator(".advice")).not_to_contain_text("too low")
    open_sheet(lab, "Results")
    foot = lab.page.locator(".column-foot").first
    expect(foot).to_have_text("dead 100 %")
    expect(foot).to_have_class("column-foot is-alarm")
    lab.page.get_by_role("tab", name="Lesson", exact=True).click()  # which takes room from the diagram
    expect(foot).to_have_text("dead 100 %")
    foot.click()
    expect(lab.page.locator(".advice")).to_be_visible()


def test_each_layer_has_its_row_of_figures(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 4, 3), SPIRAL, steps=50)
    open_sheet(lab, "Health")
    rows = lab.page.locator(".health tbody tr")
    expect(rows.locator("th")).to_have_text(["Hidden layer 1", "Hidden layer 2", "Output layer"])
    layers = lab.server.get(f"/api/v1/sessions/{lab.session_id}")["snapshot"]["layers"]
    lab.wait_for(lambda: "–" not in rows.locator("td:nth-of-type(3) .number").all_inner_texts(), "the figures")
    shown = [float(text) for text in rows.locator("td:nth-of-type(3) .number").all_inner_texts()]
    assert shown == [pytest.approx(layer["update_ratio"], rel=0.06) for layer in layers]
