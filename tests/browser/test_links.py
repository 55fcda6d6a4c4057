"""Links that hide or lock parts of the page, for teachers."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.serving import Server


def open_with(page: Page, server: Server, query: str) -> Lab:
    lab = Lab(page, server)
    session_id = server.post("/api/v1/sessions", {})["id"]
    return lab.open(f"/s/{session_id}?{query}")


def test_hidden_parts_are_gone_and_the_rest_works(page: Page, server: Server, console_errors: list[str]) -> None:
    lab = open_with(page, server, "hide=network,results,gallery")
    for place in ("#network-card", "#results-body"):
        expect(page.locator(place)).to_be_hidden()
    expect(lab.button("Gallery")).to_be_hidden()
    expect(page.get_by_role("tab", name="Settings", exact=True)).to_be_visible()
    lab.click(1, 1)
    lab.wait_for_points(1)


def test_a_locked_part_is_off_and_every_way_around_it_says_why(
    page: Page, server: Server, console_errors: list[str]
) -> None:
    lab = open_with(page, server, "lock=data,network")
    said = page.get_by_role("alert").get_by_text("This link locks Data and points.")
    expect(lab.button("Clear points")).to_be_disabled()
    expect(lab.button("More: Hidden layers")).to_be_disabled()
    expect(page.get_by_role("heading", name=re.compile(r"Data.*locked by this link"))).to_be_visible()
    for attempt in (
        lambda: lab.click(1, 1),
        lambda: page.keyboard.press("Control+z"),
        lambda: page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.setData("text", "x,y,label\\n1,2,0\\n3,4,1");
              document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
            }"""
        ),
    ):
        attempt()
        expect(said).to_be_visible()
        page.get_by_role("button", name="Dismiss").click()
        expect(said).to_be_hidden()
    lab.press("Gallery")
    page.locator(".gallery-card").nth(2).click()
    expect(said).to_be_visible()
    lab.type_number("Learning rate", "0.5")  # training is not locked
    lab.wait_for_field("training.learning_rate", 0.5)
    assert lab.document["points"] == []


def test_a_name_the_page_does_not_have_is_told(page: Page, server: Server, console_errors: list[str]) -> None:
    open_with(page, server, "hide=netwrok")
    expect(
        page.get_by_role("alert").get_by_text("This link names parts that the page does not have: netwrok.")
    ).to_be_visible()


def test_a_teacher_ticks_what_the_links_hide_and_lock(lab: Lab) -> None:
    lab.press("Pause")
    lab.press("Share")
    lab.page.get_by_text("For a class: hide or lock parts of the page").click()
    lab.page.get_by_label("Hide Network").check()
    lab.page.get_by_label("Lock Data and points").check()
    for name in ("Link to edit", "Link to watch", "Frame for a page"):
        expect(lab.box(name)).to_have_value(re.compile(r"\?hide=network&lock=data"))
    changed = lab.page.locator(".changed-link")
    expect(changed).to_be_in_viewport(ratio=0.99)
    expect(changed).to_contain_text("?hide=network&lock=data")
    changed.get_by_role("combobox").select_option("Link to watch")
    expect(changed.locator("output")).to_have_text(lab.box("Link to watch").input_value())
    lab.press("Copy this link")
    expect(lab.page.get_by_text("Link to watch copied")).to_be_visible()
    lab.page.get_by_label("Hide Network").uncheck()
    expect(lab.box("Link to edit")).to_have_value(re.compile(rf"{lab.session_id}\?lock=data$"))
    lab.page.goto(lab.box("Link to edit").input_value())
    lab.wait_until_ready()
    expect(lab.button("Clear points")).to_be_disabled()
    original = lab.session_id
    lab.press("Share")
    lab.press("Fork")
    lab.page.wait_for_url(lambda url: original not in url and url.endswith("?lock=data"))
    lab.wait_until_ready()
    expect(lab.button("Clear points")).to_be_disabled()


def test_a_lock_goes_along_to_a_comparison_and_back(page: Page, server: Server, console_errors: list[str]) -> None:
    lab = open_with(page, server, "lock=training")
    lab.press("Compare")
    page.wait_for_url("**with=*lock=training", wait_until="commit")
    expect(lab.box("Learning rate")).to_be_disabled()
    page.reload()
    lab.wait_until_ready()
    expect(lab.box("Learning rate")).to_be_disabled()
    lab.press("Close A")
    page.wait_for_url(lambda url: "with=" not in url and "lock=training" in url, wait_until="commit")
    expect(lab.box("Learning rate")).to_be_disabled()
