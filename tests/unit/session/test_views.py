"""The names of a frame's extra views, in a query."""

from __future__ import annotations

import pytest

from nnlab.errors import InvalidInput
from nnlab.session.views import MOST_VIEWS, parse_views


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        (" , ,", ()),
        ("weights,units", ("units", "weights")),
        ("units, units ,units", ("units",)),
        ("warp.2.0.5,warp", ("warp", "warp.2.0.5")),
    ],
)
def test_views_are_sorted_and_stand_once_each(text: str, names: tuple[str, ...]) -> None:
    assert parse_views(text) == names


@pytest.mark.parametrize("text", ["everything", "units,weight", "Units", "warp.0.1.2", "warp.1.2", "units\nx"])
def test_an_unknown_view_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(InvalidInput, match="views must be among units, weights, warp") as caught:
        parse_views(text)
    assert caught.value.errors[0].field == "views"


def test_there_is_a_limit_to_views() -> None:
    names = [f"warp.1.0.{unit}" for unit in range(MOST_VIEWS + 1)]
    assert len(parse_views(",".join(names[1:]))) == MOST_VIEWS
    with pytest.raises(InvalidInput, match=f"at most {MOST_VIEWS}"):
        parse_views(",".join(names))
