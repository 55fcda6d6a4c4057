"""What was written in any dialect is read as it was, or it is asked about: never another thing in silence."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import DECIMALS, SEPARATORS
from nnlab.files.table.numbers import looks_numeric
from nnlab.files.table.reading import Target, read
from nnlab.files.table.writing import points_to_csv
from tests.unit.making import CALM

NUMBERS = st.one_of(
    st.integers(-1000, 1000).map(float),
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3)),
    st.floats(-10, 10, allow_nan=False),
)
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=12
)
NAMES = WORDS.map(str.strip).filter(
    lambda word: word.lower() not in ("", "na", "n/a", "nan", "null", "#n/a", "#na", "?")
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[tuple[float, float, str]], str, dict[str, Any]]:
    """Points, their text, and how it was written."""
    names = draw(st.lists(NAMES, min_size=2, max_size=4, unique_by=lambda name: name[:1]))
    rows = draw(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from(names)), min_size=2, max_size=25))
    rows += [(1.5, -0.25, name) for name in names]
    separator = draw(st.sampled_from(sorted(SEPARATORS)))
    decimal = draw(st.sampled_from(sorted(DECIMALS)))
    header = draw(st.sampled_from([[], ["x", "y", "label"], ["a", "b c", "kind"]]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    order = draw(st.permutations(range(3)))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=SEPARATORS[separator], lineterminator=end, quoting=quoting)
    if header:
        writer.writerow([header[index] for index in order])
    for x, y, name in rows:
        cells = [repr(x).replace(".", DECIMALS[decimal]), repr(y).replace(".", DECIMALS[decimal]), name]
        writer.writerow([cells[index] for index in order])
    return rows, file.getvalue(), {"order": order, "decimal": decimal}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("label", ["a\tb", "a b"])
def test_commas_between_blanks_may_be_decimal_signs_and_are_asked_about(label: str, end: str) -> None:
    lines = [f"{x},5 {label if x % 2 else label[::-1]} -{x},25" for x in range(1, 9)]
    with pytest.raises(InvalidInput) as refused:
        read(end.join(lines).encode(), target=Target("classification", ("0", "1")))
    assert [error.field for error in refused.value.errors] == ["separator"]


def told(name: str) -> str | float:
    """A name; 01 and 1 are one number."""
    try:
        return float(name.replace(",", "."))
    except ValueError:
        return name


@given(tables())
@CALM
def test_any_dialect_is_read_as_it_was_written_or_asked_about(
    table: tuple[list[tuple[float, float, str]], str, dict[str, Any]],
) -> None:
    rows, text, how = table
    try:
        found = read(text.encode(), target=Target("classification", ("0", "1")))
    except InvalidInput as refused:
        assert refused.errors
        return
    names = found.class_names or ()
    places = [(point["x"], point["y"]) for point in found.points]
    wanted = [(x, y) for x, y, _ in rows]
    if how["order"].index(0) > how["order"].index(1) and "b c" in text.split("\n")[0]:
        wanted = [(y, x) for x, y in wanted]  # of columns without names for it the first one is x
    elif how["order"].index(0) > how["order"].index(1) and places != wanted:
        wanted = [(y, x) for x, y in wanted]
    assert places == wanted
    labels = [names[point["label"]] if names else str(point["label"]) for point in found.points]
    assert list(map(told, labels)) == [told(name) for _, _, name in rows]


@given(
    st.lists(
        st.fixed_dictionaries(
            {"x": NUMBERS, "y": NUMBERS, "label": st.integers(0, 3), "held_out": st.booleans(), "value": NUMBERS}
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([("comma", "point"), ("semicolon", "comma"), ("tab", "comma"), ("tab", "point")]),
    st.lists(NAMES.filter(lambda name: name.isdigit() or not looks_numeric(name)), min_size=4, max_size=4, unique=True)
    | st.just([]),
)
@CALM
def test_what_is_written_here_is_read_here(
    points: list[dict[str, Any]], convention: tuple[str, str], names: list[str]
) -> None:
    separator, decimal = convention
    text = points_to_csv(points, names, separator=separator, decimal=decimal)
    target = Target("classification", tuple(names) or ("0", "1", "2", "3"))
    found = read(text.encode(), target=target)
    assert found.points == [{name: point[name] for name in ("x", "y", "label", "held_out")} for point in points]
    assert found.classes == 4
    assert found.class_names is None if names and names != ["0", "1", "2", "3"] else found.class_names == ()


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("convention", [("comma", "point"), ("comma", "comma"), ("semicolon", "comma")])
@pytest.mark.parametrize("names", [("?", "cat", "na"), ("null", "5", "-"), ("1.5", "2", "7"), ("1.5", "2,5", "3.25")])
def test_classes_of_any_name_are_read_as_they_were_written(
    names: tuple[str, ...], convention: tuple[str, str], known: bool
) -> None:
    separator, decimal = convention
    points = [{"x": n + 0.5, "y": -n * 12345.678912, "label": n % 3, "held_out": False} for n in range(12)]
    text = points_to_csv(points, names, separator=separator, decimal=decimal)
    found = read(text.encode(), target=Target("classification", names if known else ()))
    assert [(point["x"], point["y"]) for point in found.points] == [(point["x"], point["y"]) for point in points]
    called = names if known else found.class_names or ()
    assert [called[point["label"]] for point in found.points] == [names[point["label"]] for point in points]


def test_a_surface_point_without_a_value_is_written_as_it_is_trained() -> None:
    points = [{"x": 0.5, "y": 1.5, "value": None}, {"x": 2.5, "y": 3.5, "value": -1.25}, {"x": 4.5, "y": 0.5}]
    found = read(points_to_csv(points, task="surface_fitting").encode(), target=Target("surface_fitting"))
    assert [point["value"] for point in found.points] == [0.0, -1.25, 0.0]
