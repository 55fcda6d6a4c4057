"""Studies in the page: from the gallery to the figure, and through a dot to the network behind it."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page

from tests.browser.expecting import expect
from tests.serving import Server


def test_a_study_runs_shows_its_figure_and_opens_a_network(
    context: BrowserContext, page: Page, server: Server, console_errors: list[str]
) -> None:
    page.goto(f"{server.url}/studies")
    page.get_by_role("link", name=re.compile("Luck and size")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luck and size")
    expect(page.locator("#estimate")).to_have_text(re.compile(r"160 networks, about \d+ s"))

    page.get_by_role("textbox", name="Hidden units").fill("2, 5")
    page.get_by_role("spinbutton", name="Seeds").fill("4")
    page.get_by_label("Training steps").fill("300")
    page.get_by_label("Learning rate").fill("0.2")
    expect(page.locator("#estimate")).to_have_text(re.compile("8 networks"))
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#estimate")).to_have_text("Done.")
    expect(page.locator("#finding")).to_contain_text("Standard deviation")
    expect(page.locator("#figure svg a")).to_have_count(8)

    page.goto(page.url)  # a permanent link
    expect(page.get_by_role("textbox", name="Hidden units")).to_have_value("2, 5")
    expect(page.locator("#figure svg a")).to_have_count(8)
    with context.expect_page() as pointed:  # at a dot that a mark of the statistics may lie over
        page.locator("#figure svg a").first.click()
    pointed.value.close()
    page.get_by_text("Every network").click()
    expect(page.get_by_role("columnheader")).to_have_text(["Units", "Seed", "Step", "Loss", "Accuracy", ""])
    row = page.get_by_role("row").nth(1)
    loss = float(row.locator("td").nth(3).inner_text())
    with context.expect_page() as opened:
        row.get_by_role("link", name="Open this run").click()
    network = opened.value
    network.wait_for_url(re.compile("/s/"))
    snapshot = server.get(f"/api/v1/sessions/{network.url.rpartition('/')[2]}")["snapshot"]
    assert snapshot["step"] == 300
    assert abs(snapshot["loss"] - loss) < 1e-3

    see_refusal(page)
    console_errors.clear()  # the browser logs the 422


def see_refusal(page: Page) -> None:
    """Ask for no seeds at all: the page says what is wrong, at the control that it is about."""
    page.get_by_role("spinbutton", name="Seeds").fill("0")
    page.locator("form").evaluate("(form) => form.noValidate = true")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_contain_text("seeds")
    expect(page.get_by_role("spinbutton", name="Seeds")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox", name="Hidden units")).to_have_attribute("aria-invalid", "false")


def test_a_link_that_says_nothing_of_use_says_so(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/open?document=no")
    expect(page.get_by_role("status")).to_have_text("This link is not complete.")
