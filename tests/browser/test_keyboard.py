"""Everything without a mouse: points, classes, run, settings."""

from __future__ import annotations

import pytest

from tests.browser.expecting import expect
from tests.browser.lab import Lab


def tab_to(lab: Lab, selector: str) -> None:
    """Press Tab until the element with this selector has the focus."""
    for _ in range(80):
        if lab.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        lab.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def test_points_are_added_carried_and_deleted_by_keys(quiet_lab: Lab) -> None:
    keys = quiet_lab.page.keyboard
    tab_to(quiet_lab, "#plane .points")
    for _ in range(4):
        keys.press("Shift+ArrowLeft")
    keys.press("Enter")
    keys.press("2")
    for _ in range(8):
        keys.press("Shift+ArrowRight")
    keys.press("Enter")
    points = quiet_lab.wait_for_points(2)
    assert [(p["x"], p["y"], p["label"]) for p in points] == [(-4, 0, 0), (4, 0, 1)]
    expect(quiet_lab.plane).to_have_attribute(
        "aria-label", "Plane, x from −6.00 to 6.00, y from −6.00 to 6.00. blue circle: 1, orange square: 1."
    )
    keys.press("Space")
    keys.press("Shift+ArrowUp")
    keys.press("Space")
    quiet_lab.wait_for(lambda: quiet_lab.document["points"][1]["y"] == pytest.approx(1), "the carried point")
    keys.press("Delete")
    quiet_lab.wait_for_points(1)
    keys.press("Control+z")
    quiet_lab.wait_for_points(2)


def test_training_is_run_and_set_by_keys(quiet_lab: Lab) -> None:
    keys = quiet_lab.page.keyboard
    tab_to(quiet_lab, ".dataset")
    keys.press("Enter")
    quiet_lab.wait_for_points(200)
    tab_to(quiet_lab, "[aria-label='Learning rate slider']")
    keys.press("ArrowRight")
    quiet_lab.wait_for_field("training.learning_rate", 0.04)
    quiet_lab.page.locator("body").evaluate("() => document.activeElement.blur()")
    tab_to(quiet_lab, ".run")
    keys.press("Enter")
    quiet_lab.wait_for(lambda: quiet_lab.step > 20, "20 steps")


def test_layers_are_added_by_keys_without_losing_the_place(fresh_lab: Lab) -> None:
    lab = fresh_lab.open_new({"network": {"hidden": [{"units": 2}]}})
    press = lab.page.keyboard.press
    lab.button("Add a hidden layer").focus()
    for layers in (2, 3):
        press("Space")
        lab.wait_for(lambda layers=layers: len(lab.document["network"]["hidden"]) == layers, f"{layers} layers")
        expect(lab.button("Add a hidden layer")).to_be_focused()
    assert lab.snapshot["state"] == "paused", "the key that adds a layer runs nothing"


def test_digits_choose_the_classes_and_are_text_while_typing(quiet_lab: Lab) -> None:
    for label in (1, 0):
        swatch = quiet_lab.page.get_by_role("radio", name=f"Class {label},")
        expect(swatch).to_have_attribute("aria-keyshortcuts", str(label + 1))
        quiet_lab.page.keyboard.press(str(label + 1))
        expect(swatch).to_be_checked()
    quiet_lab.page.keyboard.press("3")  # there is no such class yet
    quiet_lab.page.keyboard.press("0")
    expect(quiet_lab.page.get_by_role("radio", name="Class 0,")).to_be_checked()
    title = quiet_lab.box("Title of the experiment")
    title.press("1")
    title.press("Control+z")
    expect(quiet_lab.page.get_by_role("radio", name="Class 0,")).to_be_checked()


def test_single_keys_run_step_reset_and_undo(quiet_lab: Lab) -> None:
    quiet_lab.press("Circle")
    quiet_lab.wait_for_points(200)
    keys = quiet_lab.page.keyboard
    keys.press(".")
    quiet_lab.wait_for(lambda: quiet_lab.step == 1, "one step")
    keys.press("r")
    quiet_lab.wait_for(lambda: quiet_lab.step == 0, "the start")
    runs = quiet_lab.note_requests("POST", "/run")
    for _ in range(3):  # held down; the button that was clicked last does not take it
        keys.down("Space")
    keys.up("Space")
    expect(quiet_lab.button("Pause")).to_be_visible()
    keys.press("Space")
    expect(quiet_lab.button("Run")).to_be_visible()
    assert len(runs) == 1
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    keys.press("z")
    quiet_lab.wait_for_points(200)
    keys.press("y")
    quiet_lab.wait_for_points(0)


def test_single_keys_rest_behind_a_dialog_and_while_everyone_is_to_watch(quiet_lab: Lab) -> None:
    quiet_lab.press("Circle")
    quiet_lab.wait_for_points(200)
    keys = quiet_lab.page.keyboard
    dialogs = {"Keys": lambda: keys.press("?"), "Experiments to try": lambda: quiet_lab.press("Gallery")}
    for name, open_dialog in dialogs.items():
        open_dialog()
        expect(quiet_lab.page.get_by_role("dialog", name=name)).to_be_visible()
        keys.press(".")
        keys.press("Escape")
        expect(quiet_lab.page.get_by_role("dialog", name=name)).to_be_hidden()
    quiet_lab.page.evaluate("document.querySelector('.lab').inert = true")
    keys.press(".")
    quiet_lab.page.evaluate("document.querySelector('.lab').inert = false")
    keys.press(".")
    quiet_lab.wait_for(lambda: quiet_lab.step > 0, "a step")
    quiet_lab.come_to_rest()
    assert quiet_lab.step == 1


def test_a_question_mark_helps_with_the_field_in_use_else_lists_the_keys(quiet_lab: Lab) -> None:
    keys = quiet_lab.page.keyboard
    keys.press("?")
    listed = quiet_lab.page.get_by_role("dialog", name="Keys")
    expect(listed.get_by_text("Run or pause")).to_be_visible()
    keys.press("Escape")
    expect(listed).to_be_hidden()
    quiet_lab.slider("L2 strength").focus()
    keys.press("?")
    expect(quiet_lab.page.get_by_role("dialog", name="About L2 strength")).to_be_visible()


def test_the_head_is_one_stop_and_arrows_walk_along_it(quiet_lab: Lab) -> None:
    keys = quiet_lab.page.keyboard
    tab_to(quiet_lab, ".head-button")
    expect(quiet_lab.button("Gallery")).to_be_focused()
    keys.press("ArrowRight")
    expect(quiet_lab.button("Compare")).to_be_focused()
    keys.press("End")
    expect(quiet_lab.button("Help")).to_be_focused()
    keys.press("Tab")
    expect(quiet_lab.button("Run")).to_be_focused()


def test_progress_is_told_to_screen_readers(quiet_lab: Lab) -> None:
    live = quiet_lab.page.locator("#announcements")
    expect(live).to_contain_text("paused")
    quiet_lab.press("Circle")
    quiet_lab.press("Run")
    expect(live).to_contain_text("running, step")
