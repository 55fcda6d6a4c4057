"""What a busy runner leaves out, and in which order."""

from __future__ import annotations

from nnlab.document.models import Pace
from nnlab.fleet.runner.load import (
    CALM_LOOKS,
    COARSE_RESOLUTION,
    COARSER,
    COARSEST,
    FAR_TOO_LATE,
    FEW_STEPS,
    FEWEST_TURNS,
    FRAMES,
    FRAMES_A_SECOND,
    HEALTH,
    LAST,
    LATE_S,
    LEAST_FRAMES_A_SECOND,
    LEAST_RESOLUTION,
    LEAST_STEPS,
    LOOK_EVERY_S,
    RAREST,
    STEPS,
    Load,
    thinned,
)

PACE = Pace()


def look(load: Load, at: int, late_s: float, turns: int = FEWEST_TURNS) -> int:
    """The stage after a look, the `at`th, at turns that were so late."""
    for _ in range(turns):
        load.note(late_s)
    load.look(100 + at * LOOK_EVERY_S)
    return load.stage


def test_pictures_are_thinned_first_and_steps_last() -> None:
    stages = [thinned(PACE, stage) for stage in range(LAST + 1)]
    assert stages[0] == PACE
    for stage, pace in enumerate(stages):
        assert (pace.resolution < PACE.resolution) == (stage > 0)
        assert (pace.frames_per_second < PACE.frames_per_second) == (stage > HEALTH)
        assert (pace.steps_per_second < PACE.steps_per_second) == (stage > FRAMES)
    assert stages[COARSER].resolution == stages[STEPS].resolution == COARSE_RESOLUTION
    assert stages[COARSEST].resolution == stages[LAST].resolution == LEAST_RESOLUTION
    assert stages[FRAMES].frames_per_second == stages[COARSEST].frames_per_second == FRAMES_A_SECOND
    assert stages[RAREST].frames_per_second == stages[LAST].frames_per_second == LEAST_FRAMES_A_SECOND
    assert stages[STEPS].steps_per_second == stages[RAREST].steps_per_second == FEW_STEPS * PACE.steps_per_second
    assert stages[LAST].steps_per_second == LEAST_STEPS * PACE.steps_per_second > 0


def test_what_has_few_steps_is_saved_and_looked_at_less_often() -> None:
    load = Load()
    found = []
    for load.stage in (0, HEALTH, FRAMES, FRAMES + 1, LAST):
        found.append(load.leisure)
    assert found == [1, 2, 2, 4, 4]


def test_what_is_little_already_stays() -> None:
    little = Pace(resolution=20, frames_per_second=2.0)
    pace = thinned(little, FRAMES)
    assert (pace.resolution, pace.frames_per_second) == (20, 2.0)


def test_late_turns_raise_the_stage_and_calm_lowers_it_slowly() -> None:
    load = Load()
    assert look(load, 1, 1.5 * LATE_S) == 1
    assert look(load, 2, 10 * LATE_S) == 1 + FAR_TOO_LATE
    for at in range(3, 2 + CALM_LOOKS):
        assert look(load, at, 0.0) == 1 + FAR_TOO_LATE
    assert look(load, 2 + CALM_LOOKS, 0.0) == FAR_TOO_LATE
    assert look(load, 3 + CALM_LOOKS, 0.8 * LATE_S) == FAR_TOO_LATE


def test_the_last_stages_come_one_by_one_however_late_turns_are() -> None:
    load = Load()
    load.stage = STEPS
    assert [look(load, at, 10 * LATE_S) for at in (1, 2)] == [STEPS + 1, STEPS + 2]


def test_the_stage_has_an_end() -> None:
    load = Load()
    for at in range(LAST):
        look(load, at, 1.0)
    assert load.stage == LAST


def test_a_few_late_turns_are_the_processors_affair() -> None:
    load = Load()
    assert look(load, 1, 1.0, turns=FEWEST_TURNS - 1) == 0


def test_between_two_looks_nothing_changes() -> None:
    load = Load()
    look(load, 1, 1.0)
    stage = load.stage
    for _ in range(FEWEST_TURNS):
        load.note(1.0)
    load.look(100 + 1.5 * LOOK_EVERY_S)
    assert load.stage == stage > 0


def test_a_runner_that_rests_has_not_too_much_to_do_however_late_its_turns_are() -> None:
    load = Load()
    assert look(load, 1, 10 * LATE_S) == FAR_TOO_LATE
    for at in range(2, 2 + CALM_LOOKS):
        load.rest(0.6 * LOOK_EVERY_S)
        look(load, at, 10 * LATE_S)
    assert load.stage == FAR_TOO_LATE - 1
    load.rest(0.06 * LOOK_EVERY_S)
    assert look(load, 2 + CALM_LOOKS, 10 * LATE_S) == FAR_TOO_LATE - 1
