"""A lesson sees what is done in its playground, checks answers and keeps both."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.serving import Server


def test_a_lesson_notices_what_is_done_and_remembers_it(page: Page, server: Server, console_errors: list[str]) -> None:
    page.goto(f"{server.url}/lessons")
    page.get_by_role("link", name="A neuron as a classifier").click()
    goal = page.locator("[data-goal=separate]")
    frame = page.frame_locator("#clouds")
    page.locator("#clouds").scroll_into_view_if_needed()
    frame.get_by_role("button", name="Run", exact=True).click()
    expect(goal).to_have_class(re.compile("done"))
    frame.get_by_role("button", name="Pause").click()

    question = page.locator("[data-question=line]")
    question.get_by_label("a circle").check()
    question.get_by_role("button", name="Check").click()
    expect(question.get_by_role("status")).to_have_text("Not yet; try again.")
    question.get_by_label("a straight line").check()
    question.get_by_role("button", name="Check").click()
    expect(question).to_have_class(re.compile("done"))

    page.goto(f"{server.url}/lessons/classifier")
    expect(page.locator("[data-goal=separate]")).to_have_class(re.compile("done"))
    page.goto(f"{server.url}/lessons")
    expect(page.locator("[data-lesson=classifier]")).to_have_text("✓ 2 things done")


def test_the_bench_of_one_neuron_shows_its_sum(page: Page, server: Server, console_errors: list[str]) -> None:
    page.goto(f"{server.url}/lessons/neuron")
    page.get_by_role("slider", name="w").fill("2")
    page.get_by_role("slider", name="b").fill("-4")
    expect(page.locator("#bench-sum")).to_have_text("2 · 2 + -4 = 0, σ = 0.500")
    page.get_by_role("spinbutton").fill("2")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("[data-question=half]")).to_have_class(re.compile("done"))
