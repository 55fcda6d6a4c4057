"""Views that show points well."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nnlab.document.framing import view_for, view_of
from nnlab.document.models import View
from nnlab.document.points import Point

coordinates = st.floats(-1e6, 1e6) | st.floats(-10, 10)


def points_at(*places: tuple[float, float]) -> list[Point]:
    return [Point(x=x, y=y) for x, y in places]


def test_exam_scores_get_a_view_of_round_numbers() -> None:
    view = view_of(points_at((31.5, 40.0), (99.8, 97.0)))
    assert (view.x_range, view.y_range) == ((25.0, 105.0), (35.0, 100.0))


def test_the_usual_view_stays_where_it_shows_the_points_well() -> None:
    assert view_of([]) == View()
    assert view_of(points_at((-5.8, -3.0), (5.8, 4.0))) == View()
    assert view_of(points_at((0.0, 0.0), (1.0, 0.5))) != View(), "they would be small"


def test_an_imports_view_is_the_present_one_where_that_does() -> None:
    wide = View(x_range=(0, 100), y_range=(0, 10))
    assert view_for(points_at((20.0, 2.0), (70.0, 8.0)), wide) == wide
    assert view_for(points_at((20.0, 2.0), (70.0, 11.0)), wide).y_range == (1.5, 11.5)


def test_a_single_value_lies_in_the_middle() -> None:
    view = view_of(points_at((2000.0, 0.5)))
    assert view.x_range == (1780.0, 2220.0)
    assert view.y_range == (-0.6, 1.6)


@given(st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=20))
def test_every_view_has_all_points_in_it_and_is_allowed(places: list[tuple[float, float]]) -> None:
    view = view_of(points_at(*places))
    View.model_validate(view.model_dump())
    for (low, high), values in zip((view.x_range, view.y_range), zip(*places, strict=True), strict=True):
        assert low <= min(values)
        assert max(values) <= high
        if max(values) - min(values) > 1e-3 and view != View():
            assert high - low <= 1.5 * (max(values) - min(values)), "no more room than it takes"
