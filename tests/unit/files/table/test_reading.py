"""Every variant of a file is read as it should be, or asked about, or refused; nothing is wrong in silence."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import Choices
from nnlab.files.table.reading import Target, read, reading_of
from tests.own_data import DOCUMENT, written
from tests.unit.files.table.variants import VARIANTS, Variant

PARTS = {
    "classification": ("x", "y", "label", "held_out"),
    "curve_fitting": ("x", "y"),
    "surface_fitting": ("x", "y", "value"),
}


def choices_in(variant: Variant) -> Choices:
    return Choices(**variant.choices)  # type: ignore[arg-type]


def as_rows(points: list[dict[str, Any]], task: str) -> list[tuple[Any, ...]]:
    return [tuple(point[part] for part in PARTS[task] if part in point) for point in points]


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_variant_becomes_what_the_table_says(variant: Variant) -> None:
    target = Target(variant.task, ("0", "1") if variant.task == "classification" else ())
    if variant.refused or variant.asks:
        with pytest.raises(InvalidInput) as caught:
            read(variant.content, Choices(), target)
        if variant.refused:
            assert caught.value.detail.startswith(variant.refused)
            return
        asked = {question.choice for question in reading_of(variant.content, Choices(), target).questions}
        assert asked == set(variant.asks)
    found = read(variant.content, choices_in(variant), target)
    assert as_rows(found.points, variant.task) == list(variant.points)
    assert (found.class_names or ()) == variant.names


def test_a_number_is_a_columns_place_whatever_the_columns_are_called() -> None:
    content = b"0,1,2\n1.5,2.5,0.5\n3.5,4.5,1.5\n5.5,6.5,2.5\n"
    found = read(content, Choices(x="1", y="3", label="none"))
    assert [(point["x"], point["y"]) for point in found.points] == [(1.5, 0.5), (3.5, 1.5), (5.5, 2.5)]
    named = read(b"a,b,kind\n1,2,cat\n3,4,dog\n", Choices(x="b", y="1"))
    assert [(point["x"], point["y"]) for point in named.points] == [(2, 1), (4, 3)]
    for said in ("4", "0", "c", "", "1" * 5000):
        with pytest.raises(InvalidInput, match="x must name one of the columns a, b, kind"):
            read(b"a,b,kind\n1,2,cat\n3,4,dog\n", Choices(x=said))


SHORT_FIRST_LINES = {
    "0,1": "".join(f"{n % 12},{n * 7 % 12},{'ab'[n % 2]}\n" for n in range(20)),
    "0,1,b": "".join(f"{n}.5,{n * 7}.5,{'ab'[n % 2]},{n}\n" for n in range(20)),
    "1,2,c": "".join(f"{n}.5,{n * 7}.5,{n % 3},{n}\n" for n in range(20)),
}


@pytest.mark.parametrize(("line", "rest"), SHORT_FIRST_LINES.items(), ids=SHORT_FIRST_LINES)
def test_a_first_line_with_one_cell_fewer_is_names_or_a_row(line: str, rest: str) -> None:
    found = reading_of(f"{line}\n{rest}".encode())
    assert len(found.table.lines) in (20, 21)
    assert found.table.is_named or len(found.table.lines) == 21


@pytest.mark.parametrize("text", [",,,\n,,\n", "# c\n,,\n,\n", "sep=;\n;;\n;\n"])
def test_separators_alone_are_no_points(text: str) -> None:
    with pytest.raises(InvalidInput, match="There are no points in this text"):
        read(text.encode())


@pytest.mark.parametrize("sign", "§¦;\N{FULLWIDTH COMMA}")
def test_a_first_line_may_tell_any_separator(sign: str) -> None:
    lines = ["x,y,label", "1.5,2,cat", "3,4,dog"]
    found = read(f"sep={sign}\n{chr(10).join(lines).replace(',', sign)}\n".encode())
    assert [(point["x"], point["y"]) for point in found.points] == [(1.5, 2), (3, 4)]
    assert found.class_names == ("cat", "dog")


def test_a_sign_beside_yes_and_no_is_a_class_too() -> None:
    found = read(b"x,y,label\n1.5,2,yes\n3,4.5,-\n5,6,no\n", target=Target("classification", ("a", "b")))
    assert found.class_names == ("no", "yes", "-")
    assert [point["label"] for point in found.points] == [1, 2, 0]


def test_the_table_in_the_documentation_is_made_of_these_variants() -> None:
    text = DOCUMENT.read_text()
    assert text == written(text), "run `python -m tests.own_data`"
    assert len(VARIANTS) >= 60
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)
