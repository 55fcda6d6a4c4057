"""The names of a frame's extra views, in a query."""

from __future__ import annotations

import pytest

from nnlab.errors import InvalidInput
from nnlab.session.views import parse_views


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
def test_views_are_sorted_and_stand_once_each(text: str, names: tuple[str, ...]) -> None:
    assert parse_views(text) == names


@pytest.mark.parametrize("text", ["everything", "units,weight", "Units", "warp.0.1.2", "warp.1.2", "units\nx"])
def test_an_unknown_view_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(InvalidInput, match="views must be among units, weights, phases, warp") as caught:
        parse_views(text)
    assert caught.value.errors[0].field == "views"


def test_a_frame_has_one_warp() -> None:
    with pytest.raises(InvalidInput, match="one warp at the most"):
        parse_views("warp.1.0.1,warp.2.0.1")
