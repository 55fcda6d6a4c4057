"""Skip connections by hand: added, drawn, carried along when layers come and go, removed."""

from __future__ import annotations

from tests.browser.expecting import expect
from tests.browser.lab import Lab


def test_skip_connections_are_added_followed_and_removed(quiet_lab: Lab) -> None:
    quiet_lab.open_size()
    quiet_lab.choose("New skip connection", "Inputs → Scores")
    quiet_lab.press("Add")
    quiet_lab.wait_for_field("network.skips", [[0, 3]])
    quiet_lab.choose("New skip connection", "Inputs → Hidden 2")
    quiet_lab.press("Add")
    quiet_lab.wait_for_field("network.skips", [[0, 3], [0, 2]])
    quiet_lab.page.keyboard.press("Escape")
    quiet_lab.press("More: Hidden layers")
    quiet_lab.wait_for_field("network.skips", [[0, 4], [0, 2]])  # the scores have moved
    quiet_lab.page.locator(".column-head").nth(1).hover()
    quiet_lab.press("Remove hidden layer 1")
    quiet_lab.wait_for_field("network.skips", [[0, 3]])  # nothing lies between inputs and the first layer any more
    quiet_lab.open_size()
    quiet_lab.press("Remove Inputs → Scores")
    quiet_lab.wait_for_field("network.skips", [])
    expect(quiet_lab.choice("New skip connection").locator("option")).to_have_count(3)
