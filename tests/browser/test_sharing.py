"""One experiment on several pages: reload, two tabs, links to edit and to watch, forks."""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Route

from tests.browser.expecting import expect
from tests.browser.lab import Lab


def second(context: BrowserContext, lab: Lab, path: str) -> Lab:
    return Lab(context.new_page(), lab.server).open(path)


def test_a_reload_finds_everything_again(lab: Lab) -> None:
    lab.box("Title of the experiment").fill("My spiral")
    lab.box("Title of the experiment").press("Enter")
    lab.type_number("Learning rate", "0.02")
    lab.wait_for_field("training.learning_rate", 0.02)
    lab.wait_for(lambda: lab.step > 300, "300 steps")
    lab.press("Pause")
    lab.come_to_rest()
    step, loss = lab.step, lab.number("loss")
    lab.page.reload()
    lab.wait_until_ready()
    expect(lab.box("Learning rate")).to_have_value("0.02")
    expect(lab.box("Title of the experiment")).to_have_value("My spiral")
    lab.wait_for(lambda: (lab.step, lab.number("loss")) == (step, loss), "the same loss at the same step")
    lab.page.locator(".chart-canvas").press("ArrowLeft")
    lab.page.locator(".chart-canvas").press("ArrowLeft")
    expect(lab.page.get_by_text("at step ")).to_be_visible()


def test_two_tabs_follow_each_other(lab: Lab, context: BrowserContext) -> None:
    other = second(context, lab, f"/s/{lab.session_id}")
    other.type_number("L2 strength", "0.03")
    expect(lab.box("L2 strength")).to_have_value("0.03")
    lab.press("Pause")
    expect(other.button("Run")).to_be_visible()
    lab.press("Clear points")
    other.see_points(0, 0)
    other.click(2, 2)
    lab.see_points(1, 0)


def test_a_link_to_watch_shows_everything_and_changes_nothing(lab: Lab, context: BrowserContext) -> None:
    lab.press("Share")
    link = lab.box("Link to watch").input_value()
    watcher = second(context, lab, link.removeprefix(lab.server.url))
    expect(watcher.page.get_by_text("You are watching.")).to_be_visible()
    expect(watcher.button("Spiral")).to_have_attribute("aria-pressed", "true")
    expect(watcher.box("Noise")).to_have_value("0.05")
    for control in (
        watcher.button("Pause"),
        watcher.box("Learning rate"),
        watcher.button("Circle"),
        watcher.button("Undo"),
    ):
        expect(control).to_be_disabled()
    watcher.press("About Learning rate")
    expect(watcher.page.get_by_role("dialog", name="About Learning rate")).to_contain_text("Try: ")
    watcher.press("About Learning rate")
    expect(watcher.page.get_by_role("dialog", name="About Learning rate")).to_be_hidden()
    watcher.click(5, -5)
    watcher.page.keyboard.press("Control+z")
    lab.page.keyboard.press("Escape")
    lab.press("Clear points")
    watcher.see_points(0, 0)
    watcher.page.get_by_label("View only").get_by_role("button", name="Fork").click()
    watcher.page.wait_for_url("**/s/e*")
    watcher.wait_until_ready()
    watcher.click(5, -5)
    watcher.wait_for_points(1)
    assert lab.document["points"] == []


def test_both_links_are_copied_and_a_fork_goes_its_own_way(lab: Lab, context: BrowserContext) -> None:
    lab.press("Pause")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.press("Share")
    for name in ("Link to edit", "Link to watch"):
        lab.press(f"Copy {name.lower()}")
        expect(lab.page.get_by_text(f"{name} copied")).to_be_visible()
        assert lab.page.evaluate("navigator.clipboard.readText()") == lab.box(name).input_value()
    assert lab.box("Link to edit").input_value().endswith(lab.session_id)
    original = lab.session_id
    lab.press("Fork")
    lab.page.wait_for_url(lambda url: not url.endswith(original))
    lab.wait_until_ready()
    lab.press("Clear points")
    lab.wait_for_points(0)
    assert lab.server.get(f"/api/v1/sessions/{original}")["document"]["points"] != []


def test_each_who_opens_the_link_to_a_copy_gets_one(lab: Lab, context: BrowserContext) -> None:
    lab.press("Pause")
    lab.press("Share")
    link = lab.box("Link to an own copy").input_value()
    pupils = [second(context, lab, link.removeprefix(lab.server.url)) for _ in range(2)]
    assert len({lab.session_id, *(pupil.session_id for pupil in pupils)}) == 3
    pupils[0].press("Clear points")
    pupils[0].wait_for_points(0)
    assert lab.document["points"] != []
    assert pupils[1].document["points"] != []


def test_what_was_changed_lately_stands_in_the_file_menu(quiet_lab: Lab) -> None:
    quiet_lab.box("Title of the experiment").fill("Mine")
    quiet_lab.box("Title of the experiment").press("Enter")
    quiet_lab.wait_for_field("title", "Mine")
    quiet_lab.wait_for(lambda: quiet_lab.page.evaluate("localStorage.getItem('nnlab-recent')"), "a memory of it")
    address = quiet_lab.page.url
    quiet_lab.open_new({})
    quiet_lab.press("File")
    quiet_lab.page.get_by_role("dialog", name="File").get_by_role("link", name="Mine").click()
    quiet_lab.page.wait_for_url(address)


def test_who_asks_for_a_copy_at_a_full_server_is_told_the_place_in_line_and_gets_in(
    quiet_lab: Lab, console_errors: list[str]
) -> None:
    lab, original, asked = quiet_lab, quiet_lab.session_id, []
    full = json.dumps({"code": "server_full", "detail": "You are number 2 in line."})

    def answer(route: Route) -> None:
        asked.append(route.request.headers["idempotency-key"])
        if len(asked) == 1:
            route.fulfill(status=503, body=full)
        else:
            expect(lab.page.get_by_role("status").get_by_text("You are number 2 in line.")).to_be_visible()
            route.continue_()

    lab.page.route("**/fork", answer)
    lab.open(f"/copy/{original}")
    assert lab.session_id != original
    assert asked == [asked[0]] * 2
    expect(lab.page.get_by_text("in line")).to_have_count(0)
    console_errors.clear()  # Chromium reports the 503 itself
