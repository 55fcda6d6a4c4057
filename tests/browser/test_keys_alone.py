"""Lessons, studies and experiments side by side by keys alone: the focus is in sight at every stop of Tab."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab

# Whether what has the focus is in sight and shows it.
SHOWS_FOCUS = """() => {
  const focused = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(focused);
  const { top, bottom, width } = focused.getBoundingClientRect();
  const isRinged = (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  return isRinged && width > 0 && top >= -1 && bottom <= innerHeight + 1;
}"""
HAS_FOCUS = "(element) => element === document.activeElement"
MOST_STOPS = 80


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, which is to be seen at every stop."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        page.wait_for_function(SHOWS_FOCUS)
        if wanted.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_a_lesson_is_walked_by_keys_alone(fresh_lab: Lab) -> None:
    page = fresh_lab.page
    page.goto(f"{fresh_lab.server.url}/lessons/classifier")
    expect(page.locator("body[data-ready]")).to_be_attached()
    bench = page.locator("[data-bench=line]")
    tab_to(page, bench.locator(".unit-plane"))
    expect(bench.locator(".unit-output")).to_contain_text("At (1.0, 1.0)")
    page.keyboard.press("ArrowUp")
    expect(bench.locator(".unit-output")).not_to_contain_text("At (1.0, 1.0)")
    tab_to(page, bench.get_by_role("slider", name="b"))
    page.keyboard.press("ArrowRight")
    expect(bench.locator(".knob-value").last).to_have_text("0.1")
    tab_to(page, page.locator("[data-live=clouds]").get_by_role("button", name="Run"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-question=line]").get_by_text("Done.")).to_be_visible()
    question = page.locator("[data-question]:has(fieldset)")
    tab_to(page, question.get_by_role("radio").first)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    expect(question.get_by_text("Right.")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Activation functions"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/activations")


def test_a_study_is_run_by_keys_alone(fresh_lab: Lab) -> None:
    page = fresh_lab.page
    page.goto(f"{fresh_lab.server.url}/studies/seed_variance")
    for name, value in {"Hidden units": "2, 5", "Seeds": "2", "Training steps": "200"}.items():
        tab_to(page, page.get_by_label(name))
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.locator("#estimate")).to_have_text("Done.")
    tab_to(page, page.locator("#networks summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Open this run").first)
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_url("**/s/*")


def test_side_by_side_is_walked_by_keys_alone(fresh_lab: Lab) -> None:
    page = fresh_lab.open("/?compare=training.l2:0.001,0.01,0.1").page
    panels = page.locator(".panel:visible")
    expect(panels).to_have_count(3)
    tab_to(page, page.locator("#run"))
    page.keyboard.press("Enter")
    choose = panels.nth(1).locator(".panel-choose")
    tab_to(page, choose)
    page.keyboard.press("Enter")
    expect(choose).to_have_attribute("aria-pressed", "true")
    tab_to(page, page.get_by_role("button", name="Close C"))
    page.keyboard.press("Enter")
    expect(panels).to_have_count(2)
