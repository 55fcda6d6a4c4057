"""What a viewer wants: its parts as text, its resolution and its rate."""

from __future__ import annotations

import pytest

from nnlab.document.models import Pace
from nnlab.errors import InvalidInput
from nnlab.session.picture.want import PLAIN, Want, parse_parts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" , ,", ()),
        ("weights,units", ("units", "weights")),
        ("units, units ,units", ("units",)),
        ("warp.2.0.5,units", ("units", "warp.2.0.5")),
    ],
)
def test_parts_are_sorted_and_stand_once_each(text: str, names: tuple[str, ...]) -> None:
    assert parse_parts(text) == names


@pytest.mark.parametrize("text", ["everything", "units,weight", "Units", "warp.0.1.2", "warp.1.2", "units\nx"])
def test_an_unknown_part_is_refused_with_those_there_are(text: str) -> None:
    known = "regions, units, weights, scores, phases, curves, warp"
    with pytest.raises(InvalidInput, match=f"parts must be among {known}") as caught:
        parse_parts(text)
    assert caught.value.errors[0].field == "parts"


def test_a_frame_has_one_warp() -> None:
    with pytest.raises(InvalidInput, match="one warp at the most"):
        parse_parts("warp.1.0.1,warp.2.0.1")


def test_what_is_not_wanted_is_as_the_document_has_it() -> None:
    pace = Pace(frames_per_second=10.0, resolution=50)
    assert (PLAIN.resolution_at(pace), PLAIN.interval_s(pace)) == (50, 0.1)
    want = Want(resolution=200, frames_per_second=2)
    assert (want.resolution_at(pace), want.interval_s(pace)) == (200, 0.5)


def test_nobody_gets_more_frames_than_the_document_has() -> None:
    assert Want(frames_per_second=30).interval_s(Pace(frames_per_second=10.0)) == 0.1
