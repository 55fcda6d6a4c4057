"""The fitting tasks: a curve that follows its points, a surface in shades."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.lab import Lab


def start(lab: Lab, task: str) -> None:
    lab.choice("Task").select_option(task)
    lab.wait_for_field("task", task)
    lab.wait_for_points(200)


def test_a_curve_is_fitted_and_follows_a_dragged_point(quiet_lab: Lab) -> None:
    start(quiet_lab, "curve_fitting")
    assert quiet_lab.document["network"]["inputs"] == ["x"]
    expect(quiet_lab.page.get_by_text("Test RMS error")).to_be_visible()
    quiet_lab.choice("Optimizer").select_option("adam")
    quiet_lab.type_number("Hidden layer 1: units", "20")
    quiet_lab.press("Run")
    quiet_lab.wait_for(lambda: (quiet_lab.number("accuracy") or 9) < 0.9, "a curve near the points")
    expect(quiet_lab.page.get_by_text("largest error")).to_be_visible()
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    quiet_lab.click(-3, -4)
    quiet_lab.click(3, -4)
    quiet_lab.wait_for_points(2)
    quiet_lab.wait_for(lambda: (quiet_lab.number("accuracy") or 9) < 0.2, "a curve through both")


def test_a_surface_is_fitted_in_shades(quiet_lab: Lab) -> None:
    start(quiet_lab, "surface_fitting")
    quiet_lab.press("Plane")
    quiet_lab.press("Run")
    quiet_lab.wait_for(lambda: quiet_lab.is_blue(-5, -5) and quiet_lab.is_orange(5, 5), "low left, high right")
    quiet_lab.wait_for(lambda: (quiet_lab.number("accuracy") or 9) < 0.3, "a small error")
    quiet_lab.press("Clear points")
    quiet_lab.choose_class(1)
    quiet_lab.click(0, 0)
    assert quiet_lab.wait_for_points(1)[0]["value"] == 1


def test_back_to_classes(quiet_lab: Lab) -> None:
    start(quiet_lab, "curve_fitting")
    expect(quiet_lab.button("More: Classes")).to_be_hidden()
    quiet_lab.choice("Task").select_option("classification")
    quiet_lab.wait_for_field("network.loss", "softmax")
    expect(quiet_lab.button("More: Classes")).to_be_visible()
    quiet_lab.press("Spiral")
    quiet_lab.wait_for(lambda: {p["label"] for p in quiet_lab.document["points"]} == {0, 1}, "two classes")
