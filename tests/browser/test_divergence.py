"""When training breaks the page says so, says what to change, and a lower learning rate resumes."""

from __future__ import annotations

from tests.browser.expecting import expect
from tests.browser.lab import Lab


def test_divergence_is_told_with_its_remedy(lab: Lab) -> None:
    lab.type_number("L2 strength", "10")
    lab.type_number("Learning rate", "30")
    lab.choose("Optimizer", "sgd")
    notice = lab.page.get_by_role("alert").filter(has_text="Training diverged")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("learning rate")
    expect(notice.get_by_role("button", name="Reset")).to_be_visible()
    stopped_at = lab.step
    lab.type_number("Learning rate", "0.01")
    lab.type_number("L2 strength", "0.001")
    expect(notice).to_be_hidden()
    lab.wait_for(lambda: lab.step > stopped_at, "training that goes on")
    lab.press("Reset")
    lab.wait_for(lambda: lab.step < stopped_at, "a new start")
