"""Slow motion: one update a second, its four phases in words, figures, rings on the plane and a flow in the diagram."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser.axe import violations
from tests.browser.expecting import expect
from tests.browser.inside import SUM, unfold
from tests.browser.lab import Lab

INKED = "(c) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((value) => value > 0)"
FITS = "(e) => e.scrollHeight <= e.clientHeight && e.scrollWidth <= e.clientWidth"
SAID = """() => {
  const place = document.getElementById("announcements");
  window.said = [];
  new MutationObserver(() => window.said.push([performance.now(), place.textContent]))
    .observe(place, { childList: true, characterData: true, subtree: true });
}"""

# Notes what each phase finds on the page, and in which of them the diagram's flow was seen: they pass by themselves.
FOLLOW = """() => {
  const pixels = (canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const sum = (canvas) => pixels(canvas).reduce((total, value, i) => (total * 31 + value + i) | 0, 7);
  const current = () => document.querySelector(".phase[aria-current]")?.dataset.phase ?? "";
  window.walk = [];
  window.flowed = [];
  new MutationObserver(() => {
    const phase = current();
    if (phase === (window.walk.at(-1)?.phase ?? "")) return;
    const rings = document.querySelector("#plane .phase-lights");
    window.walk.push({
      phase,
      step: Number(document.querySelector("#run-bar dd").textContent),
      picture: sum(document.querySelector("#plane .regions")),
      isRinged: !rings.hidden && pixels(rings).some(Boolean),
    });
  }).observe(document.querySelector(".phases"), { subtree: true, attributeFilter: ["aria-current"] });
  const look = () => {
    const flow = document.querySelector(".diagram .flow");
    const isInked = flow?.width && pixels(flow).some(Boolean);
    if (isInked && !window.flowed.includes(current())) window.flowed.push(current());
    requestAnimationFrame(look);
  };
  look();
}"""


@pytest.fixture
def slow(quiet_lab: Lab) -> Lab:
    """A paused experiment with points, in slow motion."""
    lab = quiet_lab
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/dataset", {"name": "circle", "points": 60})
    lab.press("Slow motion")
    lab.wait_for_field("pace.steps_per_second", 1)
    expect(lab.page.get_by_role("region", name="One update in four phases")).to_be_visible()
    return lab


def phase(lab: Lab, name: str) -> Locator:
    return lab.page.locator(f"[data-phase={name.lower()}]")


def current(lab: Lab) -> Locator:
    return lab.page.locator(".phase[aria-current=step]")


def walk_after_a_step(lab: Lab) -> list[dict[str, Any]]:
    """Take a step, wait until its phases have passed, and return what each has found on the page."""
    lab.page.evaluate(FOLLOW)
    lab.press("Step")
    walk: list[dict[str, Any]] = []

    def is_over() -> bool:
        walk[:] = lab.page.evaluate("window.walk")
        return bool(walk) and walk[-1]["phase"] == ""

    lab.wait_for(is_over, "the end of the walk")
    assert [one["phase"] for one in walk] == ["forward", "loss", "backward", "update", ""]
    return walk


def numbers(locator: Locator) -> list[float]:
    return [float(text) for text in re.findall(r"\d[\d.e-]*", locator.locator(".phase-figures").inner_text())]


def test_a_step_walks_through_the_four_phases_and_changes_the_picture_with_the_last(slow: Lab) -> None:
    lab = unfold(slow)
    regions = lab.page.locator("#plane .regions")
    before = regions.evaluate(SUM)
    walk = walk_after_a_step(lab)
    assert [one["step"] for one in walk] == [0, 0, 0, 1, 1]
    assert [one["picture"] for one in walk[:3]] == [before] * 3
    assert [one["isRinged"] for one in walk] == [True, True, False, False, False], "for scores and loss"
    lab.wait_for(lambda: regions.evaluate(SUM) != before, "the new map")
    expect(lab.page.locator(".phases-title")).to_have_text("Slow motion: update 1")
    assert set(lab.page.evaluate("window.flowed")) >= {"forward", "backward", "update"}
    for tile in (lab.page.locator(".unit-tile").first, lab.page.locator(".unit-tile").last):
        expect(tile).to_be_in_viewport(ratio=0.99)
    lab.wait_for(lambda: not lab.page.locator(".diagram .flow").evaluate(INKED), "the end of the flow")
    for window in ((1366, 768), (1280, 720), (1366, 657)):
        lab.resize(*window)
        lab.wait_for(lambda: lab.page.locator("#diagram").evaluate(FITS), "a diagram that does not scroll")


def test_the_figures_are_those_of_the_very_update(slow: Lab) -> None:
    """Without momentum and regularization the weights move by learning rate times gradient."""
    slow.server.request(
        "PATCH",
        f"/api/v1/sessions/{slow.session_id}",
        {"training": {"optimizer": "sgd", "l2": 0, "learning_rate": 0.5}},
    )
    address = f"/api/v1/sessions/{slow.session_id}"
    before = slow.server.get(f"{address}/model")["layers"]
    walk_after_a_step(slow)
    after = slow.server.get(f"{address}/model")["layers"]
    assert numbers(phase(slow, "Forward")) == [10]
    data_loss, reg_loss, loss = numbers(phase(slow, "Loss"))
    assert (reg_loss, loss) == (0, data_loss)
    norms, ratios = numbers(phase(slow, "Backward")), numbers(phase(slow, "Update"))
    for old, new, norm, ratio in zip(before, after, norms, ratios, strict=True):
        change, size = (length(old["weights"], new["weights"]), length(old["weights"], None))
        assert norm == pytest.approx(change / 0.5, rel=0.01)
        assert ratio == pytest.approx(change / size, rel=0.06)


def length(rows: list[list[float]], other: list[list[float]] | None) -> float:
    """Norm of a matrix, or of the difference of two."""
    if other is None:
        return float(sum(value**2 for row in rows for value in row) ** 0.5)
    pairs = [(a, b) for row, beside in zip(rows, other, strict=True) for a, b in zip(row, beside, strict=True)]
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_while_training_runs_each_second_has_its_update(slow: Lab) -> None:
    slow.press("Run")
    expect(slow.button("Pause")).to_be_visible()
    for title in ("Forward", "Loss", "Backward", "Update"):  # again every second
        expect(current(slow).locator("strong")).to_have_text(title)
    slow.wait_for(lambda: slow.step >= 3, "three updates")
    slow.press("Pause")
    expect(slow.button("Run")).to_be_visible()
    expect(current(slow)).to_have_count(0)


def test_the_switch_leads_back_to_the_pace_before(slow: Lab) -> None:
    expect(slow.button("Slow motion")).to_have_attribute("aria-pressed", "true")
    slow.press("Slow motion")
    slow.wait_for_field("pace.steps_per_second", 600)
    expect(slow.page.locator(".phases")).to_be_hidden()
    slow.press("Run")
    slow.wait_for(lambda: slow.step > 200, "many steps")


def test_with_reduced_motion_the_phases_are_text_at_once(slow: Lab) -> None:
    slow.page.emulate_media(reduced_motion="reduce")
    slow.press("Step")
    slow.wait_for(lambda: slow.step == 1, "the step")
    expect(current(slow)).to_have_count(0)
    expect(phase(slow, "Update").locator(".phase-figures")).to_be_visible()
    assert len(numbers(phase(slow, "Backward"))) == 3


def test_a_screen_reader_hears_of_an_update_at_most_every_two_seconds(slow: Lab) -> None:
    slow.page.evaluate(SAID)
    slow.press("Run")
    said: list[Any] = []

    def heard_twice() -> bool:
        said[:] = slow.page.evaluate("window.said")
        return sum("Update" in text for _, text in said) >= 2

    slow.wait_for(heard_twice, "two announcements")
    times = [time for time, _ in said]
    assert all(later - earlier > 1900 for earlier, later in zip(times, times[1:], strict=False))


def test_who_comes_to_a_slow_experiment_sees_the_phases_and_nothing_is_wrong_with_them(slow: Lab) -> None:
    slow.page.reload()
    slow.wait_until_ready()
    expect(slow.page.locator(".phases-title")).to_have_text("Slow motion: press Run or Step to follow one update")
    slow.press("Step")
    expect(current(slow)).to_be_visible()
    assert violations(slow.page, ".lab") == []
