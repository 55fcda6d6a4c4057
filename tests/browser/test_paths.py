"""Whole walks through the page: a newcomer's first minutes, a teacher before a class, a student with a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.contexts import cleaned, warm
from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_phone import PHONE, part
from tests.serving import Server


def test_a_newcomer_sees_causes_and_effects_without_reading_a_manual(
    page: Page, server: Server, console_errors: list[str]
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    lab = Lab(page, server).open(tour=True)
    for _ in range(3):
        lab.press("Next")
    lab.press("Start")
    lab.wait_for(lambda: (lab.number("accuracy") or 0) > 90, "the example to be learned")
    lab.click(5, 5)
    lab.see_points(141, 60)
    lab.press("Hidden layer 1: units: One unit more")
    expect(page.get_by_text("Weights stay where the shape allows it.")).to_be_visible()
    lab.wait_for_field("network.hidden.0.units", 13)
    lab.choice("Activation").select_option("relu")
    lab.wait_for_field("network.hidden.1.activation", "relu")
    lab.slider("L2 strength").press("End")
    lab.wait_for(lambda: (lab.number("accuracy") or 100) < 80, "too much regularization to show")
    lab.press("Undo")
    lab.wait_for_field("training.l2", 0.001)
    lab.press("Reset")  # units that have died of it do not come back by themselves
    lab.wait_for(lambda: (lab.number("accuracy") or 0) > 90, "what it could do before")
    lab.press("About L2 strength")
    expect(page.get_by_role("dialog", name="About L2 strength")).to_contain_text("Try: ")


def test_a_teacher_shows_compares_and_hands_out(lab: Lab, context: BrowserContext) -> None:
    page = lab.page
    page.set_viewport_size({"width": 1280, "height": 720})
    lab.press("Gallery")
    page.get_by_role("button", name=re.compile("^Twenty hidden units overfit")).click()
    lab.wait_for_field("network.hidden.0.units", 20)
    expect(page.get_by_role("tabpanel", name="Lesson")).to_be_in_viewport()
    lab.wait_for(lambda: lab.step > 100, "the example to train")
    lab.press("Compare")
    expect(page.locator(".panel")).to_have_count(2)
    lab.wait_for(lambda: page.locator(".panel.is-chosen").count() == 1, "one to be chosen")
    lab.type_number("L2 strength", "0.1")
    for plane in page.locator(".panel .plane:visible").all():
        expect(plane).to_be_in_viewport(ratio=0.99)
    lab.press("Pause")
    expect(lab.button("Run")).to_be_in_viewport()
    lab.press("Step")
    lab.press("Share")
    link = lab.box("Link to an own copy").input_value()
    student = Lab(context.new_page(), lab.server).open(link.removeprefix(lab.server.url))
    student.press("Run")
    student.wait_for(lambda: student.step > 200, "the student's own steps")
    student.press("Clear points")
    student.wait_for_points(0)
    assert lab.server.get("/api/v1/sessions/" + lab.session_id)["document"]["points"]


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Lab]:
    with warm(browser, server, **PHONE) as context, cleaned(context):
        yield Lab(context.new_page(), server).open()


def test_a_student_with_a_phone_changes_and_sees(phone: Lab) -> None:
    plane = phone.page.locator("#plane")
    phone.wait_for(lambda: phone.step > 100, "a running example")
    phone.plane.tap(position=phone.place(-4, 0))
    phone.wait_for_points(201)
    phone.page.get_by_role("button", name="Hidden layer 1: units: One unit more").tap()
    phone.wait_for_field("network.hidden.0.units", 13)
    part(phone, "Training")
    phone.slider("L2 strength").press("End")
    expect(plane).to_be_in_viewport(ratio=0.99)
    phone.wait_for(lambda: phone.document["training"]["l2"] > 0.1, "more regularization")
    part(phone, "Results")
    expect(phone.page.locator("[data-figure=accuracy]")).to_be_in_viewport()
    expect(plane).to_be_in_viewport(ratio=0.99)
    part(phone, "Data")
    phone.button("Moons").tap()
    phone.wait_for_field("dataset.name", "moons")
    phone.button("Pause").tap()
    expect(phone.button("Run")).to_be_in_viewport()
    phone.button("Share").tap()
    expect(phone.box("Link to an own copy")).to_be_visible()
