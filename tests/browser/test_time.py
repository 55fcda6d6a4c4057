"""Moving in time: back and forth to exact moments, on from any of them, and stopping by itself."""

from __future__ import annotations

import re

from tests.browser.expecting import expect
from tests.browser.lab import Lab


def paused_after(lab: Lab, steps: int) -> None:
    lab.wait_for(lambda: lab.step >= steps, f"{steps} steps")
    lab.press("Pause")
    lab.come_to_rest()


def test_one_step_back_and_forth_gives_the_same_numbers_and_an_epoch_is_one_pass_over_the_points(lab: Lab) -> None:
    paused_after(lab, 60)
    step, loss = lab.step, lab.number("loss")
    lab.press("Back")
    lab.wait_for(lambda: lab.step == step - 1, "one step back")
    lab.press("Step")
    lab.wait_for(lambda: lab.step == step, "one step on")
    lab.wait_for(lambda: lab.number("loss") == loss, "the loss of before")
    lab.press("Reset")
    lab.wait_for(lambda: lab.step == 0, "the start")
    lab.press("Step epoch")
    lab.wait_for(lambda: lab.step == 14, "140 training points, 10 a step")


def test_the_slider_goes_to_any_moment_and_training_goes_on_from_there(lab: Lab) -> None:
    paused_after(lab, 200)
    last, picture = lab.step, lab.pixel(-5, -5)
    moment = lab.page.get_by_role("slider", name="Moment", exact=True)
    moment.fill("0")
    lab.wait_for(lambda: lab.step == 0, "the first moment")
    expect(lab.page.get_by_text(f"step 0 of {last:,}")).to_be_visible()
    moment.press("End")
    lab.wait_for(lambda: lab.step == last, "the last moment again")
    moment.press("ArrowLeft")
    lab.wait_for(lambda: lab.step == last - max(1, round(last / 1000)), "the moment before")
    moment.press("End")
    lab.wait_for(lambda: lab.step == last, "the last moment again")
    lab.wait_for(lambda: lab.pixel(-5, -5) == picture, "the same picture")
    moment.fill("100")
    lab.wait_for(lambda: 0 < lab.step < last, "the middle")
    middle = lab.step
    lab.press("Step")
    lab.wait_for(lambda: lab.step == middle + 1, "a step from there")
    expect(lab.page.get_by_text(f"step {middle + 1:,}", exact=True)).to_be_visible()


def test_a_step_that_is_gone_leads_to_the_nearest_and_the_page_says_so(lab: Lab) -> None:
    paused_after(lab, 200)
    last, mouse, notice = lab.step, lab.page.mouse, lab.page.locator("#diverged")
    session = f"/api/v1/sessions/{lab.session_id}"
    box = lab.see(lab.page.get_by_role("slider", name="Moment", exact=True)).bounding_box()
    assert box is not None
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(middle, y)
    mouse.down()  # and while the slider is held, somebody else takes another course
    lab.wait_for(lambda: 21 < lab.step < last, "the middle")
    lab.server.post(f"{session}/back", {"to_step": 20})
    lab.server.post(f"{session}/step", {"steps": 1})
    lab.wait_for(lambda: lab.step == 21, "the other course")
    mouse.move(middle + box["width"] / 4, y, steps=3)
    expect(notice).to_have_text(re.compile(r"Step \d+ is not kept; this is the nearest one that is, step 21\."))
    mouse.up()
    lab.press("Back")
    lab.wait_for(lambda: lab.step == 20, "one step back")
    expect(notice).to_be_hidden()


def test_training_stops_by_itself_and_says_why(lab: Lab) -> None:
    lab.open_settings()
    lab.type_number("Stop at accuracy", "0.9")
    expect(lab.button("Run")).to_be_visible()
    expect(lab.page.locator("#diverged")).to_contain_text("accuracy")
    assert (lab.number("accuracy") or 0) >= 90
