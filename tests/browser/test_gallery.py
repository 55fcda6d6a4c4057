"""The gallery: every experiment can be opened, says what to notice, and does what it says."""

from __future__ import annotations

from tests.browser.expecting import expect
from tests.browser.lab import Lab

FEWEST = 12


def test_every_experiment_of_the_gallery_opens_and_runs(quiet_lab: Lab) -> None:
    titles = []
    for index in range(100):
        quiet_lab.press("Gallery")
        expect(quiet_lab.page.get_by_role("dialog", name="Experiments to try")).to_be_visible()
        cards = quiet_lab.page.locator("#gallery-dialog .gallery-card")
        expect(cards.first).to_be_visible()
        if index >= cards.count():
            break
        titles.append(cards.nth(index).locator("strong").inner_text())
        notice = cards.nth(index).locator("span").inner_text()
        picture = cards.nth(index).locator("img")
        picture.scroll_into_view_if_needed()
        quiet_lab.wait_for(lambda image=picture: image.evaluate("(image) => image.naturalWidth > 0"), "its picture")
        cards.nth(index).click()
        expect(quiet_lab.page.get_by_role("tabpanel", name="Lesson")).to_contain_text(notice)
        expect(quiet_lab.box("Title of the experiment")).to_have_value(titles[-1])
        quiet_lab.wait_for(lambda: quiet_lab.step > 3, f"steps of {titles[-1]}")
        assert quiet_lab.page.locator(".toast.problem").count() == 0
    assert len(set(titles)) >= FEWEST


ARE_THERE = """(pictures, isDark) => Promise.all(pictures.map(async ({ src }) =>
  src.endsWith("-dark.webp") === isDark && (await fetch(src)).ok))"""


def test_the_pictures_have_the_pages_theme(quiet_lab: Lab) -> None:
    for is_dark in (False, True):
        expect(quiet_lab.button("Dark theme")).to_have_attribute("aria-pressed", str(is_dark).lower())
        quiet_lab.press("Gallery")
        pictures = quiet_lab.page.locator("#gallery-dialog .gallery-card img")
        expect(pictures.last).to_be_attached()
        assert all(pictures.evaluate_all(ARE_THERE, is_dark))
        quiet_lab.page.keyboard.press("Escape")
        quiet_lab.press("Dark theme")


def test_the_note_comes_first_and_trials_change_what_they_say(quiet_lab: Lab) -> None:
    quiet_lab.press("Gallery")
    for place, title in enumerate(["3, 6 and 20 hidden units", "L2 of 0.001, 0.01 and 0.1", "The note's example"]):
        expect(quiet_lab.page.locator(".gallery-card strong").nth(place)).to_have_text(title)
    quiet_lab.page.locator(".gallery-card").nth(2).click()
    quiet_lab.wait_for_field("network.hidden.0.units", 20)
    lesson = quiet_lab.page.get_by_role("tabpanel", name="Lesson")
    expect(lesson).to_contain_text("1 of 3")
    expect(lesson.get_by_role("button", name="Back")).to_be_disabled()
    lesson.get_by_role("button", name="Next").click()
    lesson.get_by_role("button", name="3 hidden units").click()
    quiet_lab.wait_for_field("network.hidden.0.units", 3)
    lesson.get_by_role("button", name="L2 strength 0.1").click()
    quiet_lab.wait_for_field("training.l2", 0.1)
    expect(lesson.get_by_role("button", name="L2 strength 0.1")).to_have_attribute("aria-pressed", "true")
    lesson.get_by_role("button", name="Next").click()
    answer = lesson.get_by_text("The large one with more L2.")
    expect(answer).to_be_hidden()
    lesson.get_by_text("Show the answer").click()
    expect(answer).to_be_visible()
    lesson.get_by_role("button", name="Back").click()
    expect(lesson.get_by_role("button", name="3 hidden units")).to_be_visible()
    expect(quiet_lab.button("Pause")).to_be_visible()
    assert quiet_lab.page.title() == "The note's example · NNLab"


def test_zero_weights_learn_nothing(quiet_lab: Lab) -> None:
    quiet_lab.press("Gallery")
    quiet_lab.page.get_by_role("button", name="All weights zero").click()
    quiet_lab.wait_for(lambda: quiet_lab.step > 100, "100 steps")
    quiet_lab.press("Pause")
    quiet_lab.come_to_rest()
    assert abs((quiet_lab.number("accuracy") or 0) - 50) < 15
    assert quiet_lab.pixel(-5, 5) == quiet_lab.pixel(5, -5)


def test_an_experiment_of_the_gallery_is_one_step_of_undo(quiet_lab: Lab) -> None:
    quiet_lab.click(1, 1)
    before = quiet_lab.wait_for_points(1)
    quiet_lab.press("Gallery")
    quiet_lab.page.get_by_role("button", name="Five classes").click()
    quiet_lab.wait_for_field("classes", 5)
    assert quiet_lab.document["dataset"]["name"] == "blobs"
    quiet_lab.press("Undo")
    quiet_lab.wait_for_field("classes", 2)
    assert quiet_lab.document["points"] == before
