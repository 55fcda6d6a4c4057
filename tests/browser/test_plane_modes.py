"""Confusion counts, and the plane as probability, regions or contour."""

from __future__ import annotations

import pytest

from tests.browser.expecting import expect
from tests.browser.inside import PIXELS, SPIRAL, open_inside, open_sheet, small
from tests.browser.lab import Lab

ROW_COLOURS = (
    "(c) => new Set(new Uint32Array(c.getContext('2d').getImageData(0, c.height >> 1, c.width, 1).data.buffer)).size"
)


def test_confusion_counts_add_up_to_the_accuracy(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, {"classes": 3}, {"name": "spiral", "points": 90, "classes": 3}, steps=30)
    open_sheet(lab, "Health")
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


def test_the_plane_is_shown_as_probability_regions_or_contour(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, small("tanh", 4), SPIRAL, steps=100)
    overlay = lab.page.locator("#plane .overlay")
    expect(overlay).to_be_hidden()
    lab.page.get_by_role("radio", name="Regions").check(force=True)
    expect(overlay).to_be_visible()
    lab.wait_for(lambda: colours(lab) < 20, "flat colours, mixed only along the edges")
    lab.page.get_by_role("radio", name="Scores").press("ArrowRight")
    expect(lab.page.get_by_role("radio", name="Contour")).to_be_checked()
    lab.wait_for(lambda: overlay.evaluate(f"(c) => ({PIXELS})(c).some((value) => value > 0)"), "a line")
    lab.page.reload()
    lab.wait_until_ready()
    expect(lab.page.get_by_role("radio", name="Contour")).to_be_checked()
    expect(overlay).to_be_visible()


def test_the_plane_is_shown_as_raw_scores(fresh_lab: Lab) -> None:
    lab = open_inside(fresh_lab, {"network": {"loss": "svm"}}, {"name": "blobs", "points": 60}, steps=300)
    lab.page.get_by_role("radio", name="Scores").check(force=True)
    caption = lab.page.locator(".plane-caption")
    expect(caption).to_contain_text("Lead of the winning score: 0 to ")
    lab.wait_for(lambda: colours(lab) > 20, "shades of both classes")
    before = caption.inner_text()
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/step", {"steps": 500})
    expect(caption).not_to_have_text(before)
    lab.page.get_by_role("radio", name="Probability").check(force=True)
    expect(caption).to_be_hidden()


# The class whose flat colour is nearest to the overlay's pixel at the centre of each of 200 x 200 cells.
DRAWN = """(canvas) => {
  const style = getComputedStyle(document.documentElement);
  const rgb = (name) => {
    const number = Number.parseInt(style.getPropertyValue(name).trim().slice(1), 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  };
  const paper = rgb("--plane");
  const mixed = (c, i) => paper[i] + 0.42 * (c - paper[i]);
  const flat = Array.from({ length: 8 }, (_, label) => rgb(`--class-${label}`).map(mixed));
  const { width, height } = canvas;
  const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  return Array.from({ length: 200 * 200 }, (_, cell) => {
    const x = Math.floor(((cell % 200) + 0.5) / 200 * width);
    const y = Math.floor((Math.floor(cell / 200) + 0.5) / 200 * height);
    const at = 4 * (y * width + x);
    const far = flat.map((colour) => colour.reduce((sum, c, i) => sum + (c - pixels[at + i]) ** 2, 0));
    return far.indexOf(Math.min(...far));
  }).join("");
}"""


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_the_plane_shows_what_the_server_says_of_four_times_as_many_cells(fresh_lab: Lab, classes: int) -> None:
    document = {"classes": classes} | small("relu", 8)
    data = {"name": "spiral", "points": 150, "classes": classes}
    lab = open_inside(fresh_lab, document, data, steps=400)
    if classes < 3:
        lab.page.get_by_role("radio", name="Regions").check(force=True)
    else:  # their marks leave no room for buttons
        lab.page.get_by_role("combobox", name="Show on the plane").select_option("regions")
    overlay = lab.page.locator("#plane .overlay")
    expect(overlay).to_be_visible()
    path = f"/api/v1/sessions/{lab.session_id}/regions?resolution="
    fine, coarse = lab.server.get(path + "200")["labels"], lab.server.get(path + "100")["labels"]
    nearest = [coarse[row // 2 * 100 + col // 2] for row in range(200) for col in range(200)]
    allowed = sum(a != b for a, b in zip(nearest, fine, strict=True))

    def is_near_enough() -> bool:
        return sum(a != b for a, b in zip(overlay.evaluate(DRAWN), fine, strict=True)) <= allowed

    lab.wait_for(is_near_enough, "the regions as the server has them")
