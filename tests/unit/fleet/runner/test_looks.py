"""Which looks are made in the studio: those of large networks, files, and diagnostics."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.fleet.runner.looks import LONG_S, frames_take_long, takes_long
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.durations import pass_s, snapshot_s
from nnlab.session.picture.want import PLAIN, Want
from nnlab.session.session import Session
from tests.unit.making import make_session


def session_of(units: list[int], points: int = 200, resolution: int = 100) -> Session:
    hidden = [{"units": count, "activation": "tanh"} for count in units]
    session = make_session(network={"hidden": hidden}, pace={"resolution": resolution})
    apply(commands.MakeDataset(name="spiral", points=points), session)
    return session


@pytest.fixture(scope="module")
def small() -> Session:
    """2-20-20-2."""
    return session_of([20, 20])


@pytest.fixture(scope="module")
def giant() -> Session:
    """The largest there is."""
    return session_of([128] * 8, 2000, 200)


PLACES = tuple((0.0, float(number)) for number in range(10_000))


@pytest.mark.parametrize(
    "query",
    [commands.Regions(), commands.Regions(resolution=200), commands.UnitMap(layer=1, unit=0, resolution=200)],
    ids=type,
)
def test_what_is_quick_for_a_small_network_is_long_for_a_giant(query: Any, small: Session, giant: Session) -> None:
    assert not takes_long(query, small)
    assert takes_long(query, giant)


@pytest.mark.parametrize("query", [commands.Predict(points=PLACES), commands.ReadHistory()], ids=type)
def test_long_lists_of_a_giant_are_long_looks(query: Any, giant: Session) -> None:
    assert takes_long(query, giant)


@pytest.mark.parametrize(
    "query",
    [commands.Figure(), commands.Picture(), commands.ReadDiagnostics(), commands.Export(format="python")],
    ids=type,
)
def test_files_and_diagnostics_are_always_made_in_the_studio(query: Any, small: Session) -> None:
    assert takes_long(query, small)


@pytest.mark.parametrize("query", [commands.Read(), commands.ReadSnapshot(), commands.Copy()], ids=type)
def test_plain_reading_never_is(query: Any, giant: Session) -> None:
    assert not takes_long(query, giant)


def test_frames_of_a_giant_take_long_and_those_of_usual_networks_do_not(small: Session, giant: Session) -> None:
    assert frames_take_long(giant, {PLAIN})
    assert not frames_take_long(small, {PLAIN, Want(("regions", "scores", "units", "warp", "weights"))})
    assert not frames_take_long(session_of([20, 20], 500, 200), {PLAIN})
    assert frames_take_long(session_of([128] * 3, 200, 100), {Want(("regions", "units"))})


def test_more_rows_units_and_points_take_longer(small: Session, giant: Session) -> None:
    assert pass_s(small, 2000) == pytest.approx(2 * pass_s(small, 1000))
    assert pass_s(giant, 1000) > 10 * pass_s(small, 1000)
    assert snapshot_s(small) < LONG_S < snapshot_s(giant)
