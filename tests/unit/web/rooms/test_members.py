"""How members are getting on: states out of figures, presence out of what is heard."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.web.rooms.members import HERE_S, NO_FIGURES, STUCK_S, Presence, Progress


class Clock:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def snapshot(state: str = "running", step: int = 1, loss: float | None = 1.0, **fields: Any) -> dict[str, Any]:
    usual = {"epoch": 0, "accuracy": 0.5, "test_accuracy": None, "num_parameters": 9, "message": None}
    return usual | {"state": state, "step": step, "loss": loss} | fields


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (snapshot(), "training"),
        (snapshot("paused"), "paused"),
        (snapshot("paused", step=0), "idle"),
        (snapshot("paused", message="The stop condition is met."), "finished"),
        (snapshot("diverged", loss=None, message="It diverged."), "diverged"),
    ],
)
def test_a_state_follows_from_the_figures(found: dict[str, Any], state: str) -> None:
    progress = Progress()
    progress.take(found)
    assert progress.state(is_here=True) == state
    assert progress.state(is_here=False) == "away"


def test_nothing_is_known_at_first() -> None:
    assert Progress().figures == NO_FIGURES
    assert Progress().state(is_here=True) == "away"


def test_training_without_getting_better_is_stuck() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.take(snapshot(loss=1.0))
    clock.now_s += STUCK_S + 1
    progress.take(snapshot(step=2, loss=0.999))
    assert progress.state(is_here=True) == "stuck"
    progress.take(snapshot(step=3, loss=0.9))
    assert progress.state(is_here=True) == "training"


def test_who_is_right_everywhere_or_begins_anew_is_not_stuck() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.take(snapshot(loss=0.01, accuracy=1.0))
    clock.now_s += STUCK_S + 1
    progress.take(snapshot(step=2, loss=0.01, accuracy=1.0))
    assert progress.state(is_here=True) == "training"
    progress.take(snapshot(step=1, loss=0.8))
    assert progress.state(is_here=True) == "training"


def test_a_member_is_here_while_heard_of_or_watching() -> None:
    clock = Clock()
    presence = Presence(clock)
    assert not presence.is_here(1)
    presence.hear(1)
    assert presence.is_here(1)
    clock.now_s += HERE_S
    assert not presence.is_here(1)
    presence.come(1)
    presence.come(1)
    presence.go(1)
    clock.now_s += 2 * HERE_S
    assert presence.is_here(1)
    presence.go(1)
    assert presence.is_here(1)
    clock.now_s += HERE_S
    assert not presence.is_here(1)


def test_who_is_there_by_another_web_process_is_there() -> None:
    clock = Clock()
    presence = Presence(clock)
    presence.come(1)
    presence.hear(2)
    assert presence.here() == [1, 2]
    presence.note_elsewhere([3])
    assert presence.is_here(3)
    assert presence.here() == [1, 2]
    clock.now_s += HERE_S
    assert presence.here() == [1]
    presence.note_elsewhere([])
    assert not presence.is_here(3)
