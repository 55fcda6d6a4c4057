"""What is done to sessions in tests, drawn by Hypothesis: commands that go well, those that do not, and training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from nnlab.errors import NnlabError
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.session import Session
from tests.unit.making import points


@dataclass(frozen=True)
class Advance:
    """Not a command of the API: training, as the runner does it."""

    steps: int


def play(session: Session, move: Any) -> None:
    """Carry out a command, or train."""
    if isinstance(move, Advance):
        session.advance(move.steps)
    else:
        apply(move, session)


patches = st.sampled_from(
    [
        {"title": "Mine"},
        {"training": {"learning_rate": 0.1}},
        {"training": {"optimizer": "adam", "l2": 0.01}},
        {"training": {"batch_size": 3, "input_noise": 0.1}},
        {"training": {"keep_prob": 0.5, "max_norm": 1.0}},
        {"network": {"hidden": [{"units": 3, "activation": "relu"}, {"units": 2}]}},
        {"network": {"hidden": []}},
        {"network": {"inputs": ["x", "y", "x*y"]}},
        {"network": {"loss": "svm"}},
        {"network": {"seed": 5}},
        {"classes": 3},
        {"view": {"x_range": [-1, 1]}},
        {"pace": {"steps_per_second": 5}},
        {"network": None, "training": None},
    ]
)

bad_patches = st.sampled_from(
    [
        {"training": {"learning_rate": -1}},
        {"network": {"hidden": [{"units": 0}]}},
        {"network": {"skips": [[3, 1]]}, "points": []},
        {"network": {"loss": "squared"}, "title": "no"},
        {"classes": 9},
        {"points": [{"x": 0, "y": 0, "label": 7}]},
        {"nonsense": 1},
    ]
)

point_ids = st.integers(1, 8)

numbered_points = st.lists(points(), max_size=3).map(
    lambda rows: [row | {"id": 20 + place} for place, row in enumerate(rows)]
)

changes = st.one_of(
    patches.map(lambda patch: commands.Patch(patch=patch)),
    st.lists(points(), min_size=1, max_size=3).map(lambda rows: commands.AddPoints(points=rows)),
    st.lists(points(), max_size=3).map(lambda rows: commands.ReplacePoints(points=rows)),
    numbered_points.map(lambda rows: commands.ReplacePoints(points=rows)),
    st.builds(commands.ChangePoint, point_id=point_ids, patch=st.sampled_from([{"x": 3}, {"held_out": True}])),
    st.builds(commands.RemovePoint, point_id=point_ids),
    st.builds(commands.MakeDataset, name=st.just("circle"), points=st.integers(1, 8), seed=st.integers(0, 9)),
)

weight_edits = st.one_of(
    st.builds(commands.EditWeight, layer=st.just(1), row=st.just(0), column=st.just(0), value=st.floats(-9, 9)),
    st.builds(commands.EditWeight, layer=st.just(1), unit=st.just(0), bias=st.floats(-9, 9)),
)

mistakes = st.one_of(
    bad_patches.map(lambda patch: commands.Patch(patch=patch)),
    st.just(commands.Patch(patch={"title": "late"}, if_revision=0)),
    st.just(commands.AddPoints(points=[{"x": 0, "y": 0, "label": 7}])),
    st.just(commands.ChangePoint(point_id=1, patch={"x": "left"})),
    st.just(commands.ChangePoint(point_id=999, patch={})),
    st.just(commands.RemovePoint(point_id=999)),
    st.just(commands.MakeDataset(name="sine")),
    st.just(commands.RestoreModel(layers=[{"activation": "tanh", "weights": [[1.0]], "biases": [1.0]}])),
)

walks = st.sampled_from([commands.Undo(), commands.Redo()])

training = st.one_of(
    st.integers(1, 40).map(Advance),
    st.sampled_from([commands.Run(), commands.Pause(), commands.Reset(), commands.Reset(seed=3)]),
)


def play_what_can_be_played(session: Session, moves: list[Any]) -> None:
    for move in moves:
        try:
            play(session, move)
        except NnlabError:
            continue
