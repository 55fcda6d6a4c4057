"""Confusion counts, and the plane as probability, regions or contour."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.inside import PIXELS, SPIRAL, open_inside, small
from tests.browser.lab import Lab

ROW_COLOURS = (
    "(c) => new Set(new Uint32Array(c.getContext('2d').getImageData(0, c.height >> 1, c.width, 1).data.buffer)).size"
)


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
    lab.wait_for(lambda: colours(lab) < 20, "flat colours, mixed only along the edges")
    lab.page.get_by_role("radio", name="Scores").press("ArrowRight")
    expect(lab.page.get_by_role("radio", name="Contour at 0.5")).to_be_checked()
    lab.wait_for(lambda: overlay.evaluate(f"(c) => ({PIXELS})(c).some((value) => value > 0)"), "a line")
    lab.page.reload()
    lab.wait_until_ready()
    expect(lab.page.get_by_role("radio", name="Contour at 0.5")).to_be_checked()
    expect(overlay).to_be_visible()


def test_the_plane_is_shown_as_raw_scores(quiet_lab: Lab) -> None:
    lab = open_inside(quiet_lab, {"network": {"loss": "svm"}}, {"name": "blobs", "points": 60}, steps=300)
    lab.page.get_by_role("radio", name="Scores").check(force=True)
    caption = lab.page.locator(".plane-caption")
    expect(caption).to_contain_text("Lead of the winning score: 0 to ")
    lab.wait_for(lambda: colours(lab) > 20, "shades of both classes")
    before = caption.inner_text()
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/step", {"steps": 500})
    expect(caption).not_to_have_text(before)
    lab.page.get_by_role("radio", name="Probability").check(force=True)
    expect(caption).to_be_hidden()
