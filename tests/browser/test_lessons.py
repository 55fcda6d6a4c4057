"""The lessons as a person walks through them: benches answer the hand, tasks are solved by doing, progress stays."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.expecting import expect
from tests.serving import Server

LESSONS = ["neuron", "classifier", "activations", "layers", "feed-forward", "power", "sizes", "summary"]


@pytest.mark.parametrize(("locale", "width"), [("en", 1280), ("de", 390)])
def test_every_lesson_opens_without_a_complaint_and_fits(
    browser: Browser, server: Server, locale: str, width: int
) -> None:
    context = browser.new_context(locale=locale, viewport={"width": width, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for name in LESSONS:
        page.goto(f"{server.url}/lessons/{name}")
        expect(page.locator("body[data-ready]")).to_be_attached()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    context.close()
    assert complaints == []


def test_a_small_playground_that_cannot_begin_says_why(page: Page, server: Server) -> None:
    page.route("**/catalog", lambda route: route.fulfill(status=503, body='{"detail": "Too much to do."}'))
    page.goto(f"{server.url}/lessons/classifier")
    expect(page.locator("[data-live=clouds]").get_by_role("alert")).to_have_text("Too much to do.")
    expect(page.locator("body[data-ready]")).to_be_attached()


def test_a_walk_from_the_index_through_two_lessons(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/lessons")
    page.get_by_role("link", name="A neuron that decides").click()
    live = page.locator("[data-live=clouds]")
    live.scroll_into_view_if_needed()
    live.get_by_role("button", name="Run", exact=True).click()
    task = page.locator("[data-question=line]")
    expect(task.get_by_text("Done.")).to_be_visible()

    page.goto(f"{server.url}/lessons/layers")
    question = page.locator("[data-question=two-layers]")
    question.get_by_role("textbox").fill("20")
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_text("Not so. Try again.")).to_be_visible()
    question.get_by_role("textbox").fill("26")
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_text("3 · 4 + 4 · 2 = 20 weights")).to_be_visible()
    page.reload()
    expect(question.get_by_role("textbox")).to_have_value("26")

    page.goto(f"{server.url}/lessons")
    expect(page.get_by_text("1 of 3 solved")).to_have_count(2)
    context.close()


def test_the_benches_answer_the_hand_and_reproduce_the_notes_counts(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/lessons/layers")
    bench = page.locator("[data-bench=counter]")
    expect(bench.get_by_text("26 parameters in all")).to_be_visible()
    for name, value in [("Hidden 2", "4"), ("Outputs", "1")]:
        bench.get_by_label(name).fill(value)
    expect(bench.get_by_text("41 parameters in all")).to_be_visible()
    page.goto(f"{server.url}/lessons/neuron")
    bench = page.locator("[data-bench=neuron]")
    for name, value in {"x₁": "1", "w₁": "0.5", "x₂": "2", "w₂": "-1", "b": "2"}.items():
        bench.get_by_label(name, exact=True).fill(value)
    expect(bench.get_by_text("f(z) = 0.62")).to_be_visible()
    context.close()
