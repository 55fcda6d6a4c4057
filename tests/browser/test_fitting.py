"""The fitting tasks: a curve that follows its points, a surface in shades."""

from __future__ import annotations

import re

from tests.browser.expecting import expect
from tests.browser.lab import Lab


def start(lab: Lab, task: str) -> None:
    lab.choose("Task", task)
    lab.wait_for_field("task", task)
    lab.wait_for_points(200)


def test_a_curve_is_fitted_and_follows_a_dragged_point(quiet_lab: Lab) -> None:
    start(quiet_lab, "curve_fitting")
    assert quiet_lab.document["network"]["inputs"] == ["x"]
    error = quiet_lab.button("RMS error")
    expect(error).to_be_visible()
    expect(error.locator("[data-figure=test]")).not_to_have_text("–")
    quiet_lab.choose("Optimizer", "adam")
    quiet_lab.type_number("Hidden layer 1: units", "20")
    quiet_lab.press("Run")
    quiet_lab.wait_for(lambda: (quiet_lab.number("accuracy") or 9) < 0.9, "a curve near the points")
    expect(quiet_lab.page.locator(".fit-note:visible")).to_have_text(re.compile(r"largest error \d"))
    expect(quiet_lab.page.locator("#legend")).to_contain_text("fitted curve")
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    quiet_lab.click(-3, -4)
    quiet_lab.click(3, -4)
    quiet_lab.wait_for_points(2)
    quiet_lab.wait_for(lambda: (quiet_lab.number("accuracy") or 9) < 0.2, "a curve through both")


CURVE_INK = """() => {
  const canvas = document.querySelector("#plane .points");
  const { data } = canvas.getContext("2d").getImageData(30, 5, canvas.width - 40, canvas.height - 30);
  let inked = 0;
  for (let i = 3; i < data.length; i += 4) inked += data[i] > 0;
  return inked;
}"""


def test_the_hidden_units_own_curves_stand_behind_the_fit(quiet_lab: Lab) -> None:
    quiet_lab.choose("Task", "curve_fitting")
    quiet_lab.wait_for_field("task", "curve_fitting")
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    view = f"/api/v1/sessions/{quiet_lab.session_id}/stream?max_events=1"
    assert "curves" not in quiet_lab.page.evaluate("(url) => fetch(url).then((reply) => reply.text())", view)
    quiet_lab.wait_for(lambda: quiet_lab.page.evaluate(CURVE_INK) > 0, "a fit")
    with_two = quiet_lab.page.evaluate(CURVE_INK)
    quiet_lab.type_number("Hidden layer 2: units", "12")
    quiet_lab.wait_for(lambda: quiet_lab.page.evaluate(CURVE_INK) > 1.5 * with_two, "ten more curves")


def test_a_surface_is_fitted_in_shades(quiet_lab: Lab) -> None:
    start(quiet_lab, "surface_fitting")
    quiet_lab.press("Plane")
    quiet_lab.press("Run")
    quiet_lab.wait_for(lambda: quiet_lab.is_orange(-5, -5) and quiet_lab.is_blue(5, 5), "low left, high right")
    quiet_lab.wait_for(lambda: (quiet_lab.number("accuracy") or 9) < 0.3, "a small error")
    quiet_lab.press("Clear points")
    quiet_lab.choose_class(1)
    quiet_lab.click(0, 0)
    assert quiet_lab.wait_for_points(1)[0]["value"] == -1


def test_back_to_classes(quiet_lab: Lab) -> None:
    quiet_lab.press("Accuracy")
    start(quiet_lab, "curve_fitting")
    expect(quiet_lab.button("Loss")).to_have_attribute("aria-pressed", "true")  # there is no other chart of a fit
    expect(quiet_lab.page.get_by_role("img", name="Loss chart")).to_be_visible()
    expect(quiet_lab.button("More: Classes")).to_be_hidden()
    quiet_lab.choose("Task", "classification")
    quiet_lab.wait_for_field("network.loss", "softmax")
    expect(quiet_lab.button("More: Classes")).to_be_visible()
    expect(quiet_lab.button("Accuracy")).to_have_attribute("aria-pressed", "true")
    expect(quiet_lab.page.get_by_role("img", name="Accuracy chart")).to_be_visible()
    quiet_lab.press("Spiral")
    quiet_lab.wait_for(lambda: {p["label"] for p in quiet_lab.document["points"]} == {0, 1}, "two classes")
