"""The one screen: plane, diagram and first settings are in sight together, nothing scrolls, nothing moves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_first_visit import SHIFTS

# Windows from the projector to the phone, and the least side of the plane in CSS pixels.
WINDOWS = {
    (1366, 768): 590,
    (1440, 900): 690,
    (1920, 1080): 880,
    (1280, 720): 530,
    (1366, 657): 475,
    (1280, 1024): 530,
    (1024, 768): 400,
    (768, 1024): 520,
    (412, 915): 412,
    (360, 640): 310,
    (740, 360): 300,
    (683, 657): 370,  # half of a laptop's screen
    (960, 900): 475,  # half of a large one
    (960, 540): 480,
    (800, 600): 400,
    (640, 520): 235,
}
BETWEEN = ((1280, 720), (1366, 768), (1440, 900), (1536, 864), (1600, 900), (1680, 1050), (1920, 1080), (768, 1024))
WIDE = [window for window in WINDOWS if window[0] >= 1280 and window[1] >= 657]

WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    const isSeen = element.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1
      && box.top < innerHeight && !element.closest("script, option");
    if (isSeen) words.push(...walker.currentNode.textContent.split(/\\s+/).filter((word) => /\\p{L}{2}/u.test(word)));
  }
  return words;
}"""

SCROLLS = """() => [document.documentElement, document.body].some((element) =>
  element.scrollWidth > innerWidth || element.scrollHeight > innerHeight)"""

# How far the figures reach beyond their card where all are as long as can be.
FIGURES_BEYOND = """() => {
  for (const value of document.querySelectorAll(".kind .value")) value.textContent = "100.0 %";
  return [...document.querySelectorAll(".kind")].filter((kind) => kind.checkVisibility())
    .map((kind) => kind.getBoundingClientRect().right - kind.closest(".card").getBoundingClientRect().right);
}"""

# Rows of buttons over the plane whose words are cut off, and what reaches beyond the plane.
CUT_TOOLS = """() => [...document.querySelectorAll(".stage-tools, .stage-tools > *, .stage-tools .segments")]
  .filter((row) => row.checkVisibility())
  .filter((row) => (row.matches(".segments") && row.scrollWidth > row.clientWidth)
    || row.getBoundingClientRect().right > row.closest(".stage").getBoundingClientRect().right + 1)
  .map((row) => [row.className, row.scrollWidth, row.clientWidth])"""

PLACES = """() => [...document.querySelectorAll(".head, .bar > *, .bar .field, .card, .stage-tools, #plane, .tabs")]
  .filter((element) => element.checkVisibility())
  .map((element) => { const { x, y, width, height } = element.getBoundingClientRect();
    return [element.id || element.className, Math.round(x), Math.round(y), Math.round(width), Math.round(height)]; })"""


def open_in(lab: Lab, window: tuple[int, int]) -> Lab:
    width, height = window
    lab.page.set_viewport_size({"width": width, "height": height})
    return lab.open()


@pytest.fixture
def laptop(fresh_lab: Lab) -> Lab:
    return open_in(fresh_lab, (1366, 768))


def see_large_plane(lab: Lab, window: tuple[int, int]) -> None:
    """The plane has its share of the window, and nothing scrolls."""
    box = lab.page.locator("#plane").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"], abs=1), window
    assert box["width"] >= WINDOWS[window], window
    assert box["x"] >= 0, window
    assert box["y"] + box["height"] <= window[1], window
    assert not lab.page.evaluate(SCROLLS), window


def see_cause_and_effect(lab: Lab) -> None:
    """What is set, what it does and how that is told are in sight together."""
    page = lab.page
    controls = (lab.button("Pause"), lab.box("Learning rate"), lab.slider("L2 strength"), lab.choice("Activation"))
    figures = (page.locator(f"[data-figure={figure}]") for figure in ("loss", "accuracy"))
    pictures = (page.locator("#plane"), page.locator("#time"), page.locator(".unit-tile").first)
    for part in (*controls, *figures, *pictures):
        expect(part).to_be_in_viewport(ratio=0.99)
    expect(page.locator("#diagram")).to_be_in_viewport()
    assert max(page.evaluate(FIGURES_BEYOND)) <= 0


@pytest.mark.parametrize("window", [(1366, 768), (360, 640)], ids="{0[0]}x{0[1]}".format)
def test_it_opens_with_a_large_plane(fresh_lab: Lab, window: tuple[int, int]) -> None:
    see_large_plane(open_in(fresh_lab, window), window)


def test_in_every_window_the_plane_is_large_and_cause_and_effect_are_in_sight(lab: Lab) -> None:
    for window in WINDOWS:
        lab.resize(*window)
        see_large_plane(lab, window)
        if window in WIDE:
            see_cause_and_effect(lab)


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_word_over_the_plane_is_cut_in_any_window_with_any_number_of_classes(quiet_lab: Lab, language: str) -> None:
    lab = quiet_lab
    lab.page.goto(f"{lab.page.url}?lang={language}")
    lab.wait_until_ready()
    for classes in (2, 4, 8):
        lab.server.request("PATCH", f"/api/v1/sessions/{lab.session_id}", {"classes": classes})
        expect(lab.page.locator(".swatch")).to_have_count(classes)
        for window in BETWEEN:
            lab.resize(*window)
            assert not lab.page.evaluate(CUT_TOOLS), (window, classes)


def test_few_words_and_no_jump(laptop: Lab) -> None:
    laptop.wait_for(lambda: laptop.step > 300, "300 steps")
    assert len(laptop.page.evaluate(WORDS)) < 100
    assert laptop.page.evaluate(SHIFTS) < 0.001


def test_nothing_moves_when_a_value_changes(laptop: Lab) -> None:
    laptop.wait_for(lambda: laptop.step > 300, "300 steps")
    before = laptop.page.evaluate(PLACES)
    laptop.type_number("L2 strength", "0.123")
    laptop.page.get_by_role("radio", name="Regions").check(force=True)
    laptop.press("Clear points")
    laptop.wait_for_points(0)
    laptop.click(2, 2)
    laptop.wait_for_points(1)
    laptop.click(2.1, 2)  # another place on the point: at the same one it would be a double click
    expect(laptop.page.get_by_role("group", name="Selected point")).to_be_visible()
    laptop.press("Pause")
    expect(laptop.button("Run")).to_be_visible()
    laptop.frames()
    assert laptop.page.evaluate(PLACES) == before


TITLE = "changes, and a title that is longer than the room that there is for it"
CHANGES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/dataset", {"name": "blobs", "classes": 5}),
    ("", {"class_names": ["as long as a name may well be", "short"]}),
    ("", {"network": {"hidden": [{"units": 20, "activation": "maxout"}, {"units": 128}, {"units": 6}]}}),
    ("", {"training": {"optimizer": "momentum", "l2": 0.123456}, "pace": {"steps_per_second": 1}}),
    ("", {"training": {"learning_rate": 5.0}, "pace": {"steps_per_second": 1000}}),
    ("/pause", {}),
    ("", {"points": []}),
    ("", {"task": "curve_fitting", "classes": 2, "network": {"loss": "squared", "inputs": ["x"]}}),
    ("/dataset", {"name": "sine"}),
)


@pytest.mark.parametrize("window", [(1366, 768), (1280, 720), (412, 915)], ids="{0[0]}x{0[1]}".format)
def test_nothing_moves_when_others_change_the_experiment(fresh_lab: Lab, window: tuple[int, int]) -> None:
    lab = open_in(fresh_lab, window)
    lab.wait_for(lambda: lab.step > 100, "100 steps")
    before = lab.page.evaluate(PLACES)
    session = f"/api/v1/sessions/{lab.session_id}"
    for number, (path, change) in enumerate(CHANGES):
        lab.server.request("POST" if path else "PATCH", session + path, change)
        title = f"{number} {TITLE}"
        lab.server.request("PATCH", session, {"title": title})
        lab.page.wait_for_function("(title) => document.title.startsWith(title)", arg=title)
        lab.frames()
        assert lab.page.evaluate(PLACES) == before, change


def test_l2_is_within_fifteen_tab_stops(laptop: Lab) -> None:
    laptop.click(4, -5)
    laptop.wait_for_points(201)
    laptop.page.evaluate("document.activeElement.blur()")
    laptop.page.locator(".brand a").focus()
    slider = laptop.slider("L2 strength").element_handle()
    for _ in range(15):
        if slider.evaluate("(element) => element === document.activeElement"):
            break
        laptop.page.keyboard.press("Tab")
    else:
        raise AssertionError("not reached in 15 stops")


def test_the_sheets_of_the_rail_are_reached_by_one_click(laptop: Lab) -> None:
    for name, sight in (
        ("Settings", laptop.box("Minibatch size")),
        ("Lesson", laptop.page.get_by_role("link", name="Open the lessons")),
        ("Data", laptop.button("Moons")),
    ):
        laptop.page.get_by_role("tab", name=name, exact=True).click()
        expect(sight).to_be_visible()
