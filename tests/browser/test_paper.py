"""The playground on paper: printed by Chromium, read back from the PDF."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import pypdfium2
import pytest
from playwright.sync_api import Page
from pypdfium2 import raw

from tests.browser.expecting import expect
from tests.browser.lab import Lab

WINDOWS = ((800, 600), (800, 1100), (1280, 900), (1920, 1080))
SHEETS: tuple[Literal["A4", "Letter"], ...] = ("A4", "Letter")
LINED = 0.4  # of the sheet's width at least has something dark where a chart is drawn; figures alone have half of that
DARK = 140  # shades of lines and letters, of 255
SCALE = 2  # pixels of a rendered sheet for each point of 1/72 inch
NEAR_PT = 1.5  # points of 1/72 inch: a picture's corner is rounded to whole device pixels


@dataclass(frozen=True)
class Picture:
    """A canvas on paper: its box in points from the lower left corner, and the pixels it was drawn with."""

    left: float
    bottom: float
    right: float
    top: float
    pixels: tuple[int, int]

    @property
    def stretch(self) -> float:
        """How much wider its pixels are on paper than they are high; 1 on a screen."""
        width, height = self.pixels
        return (self.right - self.left) / width / ((self.top - self.bottom) / height)

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (self.left, self.bottom, self.right, self.top)


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
def test_paper_holds_plane_diagram_and_chart_whole_and_unstretched(fresh_lab: Lab, landscape: bool) -> None:
    lab = fresh_lab.open_new({"network": {"hidden": [{"units": 20}, {"units": 20}]}})
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/dataset", {"name": "spiral"})
    lab.press("Step")
    lab.wait_for(lambda: lab.step == 1, "a step")
    for window in WINDOWS:
        lab.resize(*window)
        for sheet in SHEETS:
            size, pictures, below = printed(lab.page, sheet, landscape, "Results")
            plane = [one for one in pictures if one.pixels[0] == one.pixels[1]]
            others = [one for one in pictures if one not in plane]
            what = f"{window} on {sheet}: {pictures}"
            assert len(plane) == 2, what  # regions and points
            assert plane[0].box == pytest.approx(plane[1].box, abs=NEAR_PT), what
            assert others, what  # the diagram, and the chart where it is no drawing
            assert all(one.stretch == pytest.approx(1, rel=0.03) for one in pictures), what
            assert all(is_on(size, one) for one in pictures), what
            assert not any(overlap(plane[0], one) for one in others), what
            assert not any(overlap(*pair) for pair in combinations(others, 2)), what
            assert below > LINED, what
            assert plane[0].right - plane[0].left > min(size) / 3, what


@pytest.mark.parametrize("count", [3, 4, 6])
def test_paper_holds_all_planes_that_stand_side_by_side_over_their_chart(fresh_lab: Lab, count: int) -> None:
    values = ",".join(str(units) for units in range(1, 1 + count))
    lab = fresh_lab.open(f"/?compare=network.hidden.units:{values}")
    expect(lab.page.locator(".panel")).to_have_count(count)
    lab.wait_for(lambda: lab.step > 50, "some steps of all")
    lab.page.locator("#run.is-running").click()
    for window in ((1366, 768), (390, 844)):
        lab.resize(*window)
        for landscape in (False, True):
            size, pictures, below = printed(lab.page, "A4", landscape, "Loss of all")
            planes = sorted({one.box for one in pictures if one.pixels[0] == one.pixels[1]})
            assert all(is_on(size, one) and one.stretch == pytest.approx(1, rel=0.03) for one in pictures), pictures
            assert len(of_one_place(planes)) == count, planes
            assert below > LINED, (window, landscape)


def test_a_phone_prints_what_it_does_not_show(quiet_lab: Lab) -> None:
    lab = quiet_lab
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/dataset", {"name": "moons", "points": 40})
    lab.resize(390, 844)
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/step", {"steps": 20})
    lab.wait_for(lambda: lab.page.locator("#steps").inner_text() == "20", "20 steps")
    expect(lab.page.locator(".chart-canvas")).to_be_hidden()
    size, pictures, below = printed(lab.page, "A4", False, "Results")
    assert all(is_on(size, one) and one.stretch == pytest.approx(1, rel=0.03) for one in pictures), pictures
    assert below > LINED
    lab.page.locator("#phone-tabs [value=results]").click()
    lab.page.wait_for_function("document.querySelector('.chart-canvas').width < 1200")  # a window's again


def of_one_place(boxes: list[tuple[float, float, float, float]]) -> set[tuple[int, int]]:
    """The places of these boxes, of which those that lie over one another are one."""
    return {(round(left / 10), round(bottom / 10)) for left, bottom, _, _ in boxes}


def test_paper_is_light_though_the_screen_is_dark(quiet_lab: Lab) -> None:
    quiet_lab.page.get_by_role("button", name="Dark theme", exact=True).click()
    expect(quiet_lab.page.locator("html")).to_have_attribute("data-theme", "dark")
    quiet_lab.frames()
    paper = pypdfium2.PdfDocument(quiet_lab.page.pdf(format="A4"))[0].render(scale=0.5).to_pil().convert("L")
    shades = sorted(paper.tobytes())
    assert shades[len(shades) // 10] > 170  # the plane alone takes a sixth of the sheet


def printed(page: Page, sheet: str, landscape: bool, head: str) -> tuple[tuple[float, float], list[Picture], float]:
    """The size of the one sheet, the pictures on it, and over which share of its width something dark is below these
    words: a chart is a picture or a drawing, as the browser likes.
    """
    document = pypdfium2.PdfDocument(page.pdf(format=sheet, landscape=landscape))
    assert len(document) == 1
    images = document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
    pictures = [Picture(*image.get_bounds(), pixels=image.get_px_size()) for image in images]
    return document[0].get_size(), pictures, dark_share(document[0], head)


def dark_share(sheet: pypdfium2.PdfPage, head: str) -> float:
    """The share of the columns of pixels that have a dark one below these words."""
    text = sheet.get_textpage()
    found = text.search(head).get_next()
    assert found is not None, f"no {head}"
    _, bottom, _, _ = text.get_charbox(found[0])
    shown = sheet.render(scale=SCALE).to_pil().convert("L")
    part = shown.crop((0, round(shown.height - SCALE * bottom), *shown.size))
    darkest = [
        column.getextrema()[0] for column in map(part.crop, ((x, 0, x + 1, part.height) for x in range(part.width)))
    ]
    return sum(shade < DARK for shade in darkest) / part.width


def is_on(size: tuple[float, float], picture: Picture) -> bool:
    """Whether all of it is on the sheet."""
    return min(picture.left, picture.bottom) >= 0 and picture.right <= size[0] and picture.top <= size[1]


def overlap(one: Picture, other: Picture) -> bool:
    """Whether one covers some of the other."""
    apart = one.right <= other.left or other.right <= one.left or one.top <= other.bottom or other.top <= one.bottom
    return not apart
