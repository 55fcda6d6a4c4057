"""CSV of points as this server writes it, and as spreadsheets and other tools do."""

from __future__ import annotations

import pytest

from nnlab.document.models import MOST_CLASSES
from nnlab.errors import InvalidInput
from nnlab.web.api.points_csv import COLUMNS, UNNAMED, points_from_csv, points_to_csv

POINTS = [{"x": 1.5, "y": -2.0, "label": 0}, {"x": 3.0, "y": 4.0, "label": 1}]


def read(text: str, task: str = "classification") -> list[dict[str, object]]:
    return points_from_csv(text.encode(), task).points


def refusal(text: str, task: str = "classification") -> str:
    with pytest.raises(InvalidInput) as caught:
        points_from_csv(text.encode(), task)
    return caught.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "x,y,label\n1.5,-2,0\n3,4,1\n",
        "\ufeffx,y,label\r\n1.5,-2,0\r\n3,4,1\r\n",
        "X, Y, Class\n1.5, -2, 0\n\n3, 4, 1",
        '"y","x","label"\n"-2","1.5","0"\n"4","3","1"\n',
        "# x,y,label\n1.5e+00,-2.0e+00,0.0e+00\n3,4,1.0\n",
        "x;y;class\n1,5;-2;0\n3;4;1\n",
        "x;y;class;;\n1.5;-2;0;;\n;;;;\n3;4;1;;\n",
        "x\ty\tlabel\n1,5\t-2\t0\n3\t4\t1\n",
        "1.5,-2,0\n3,4,1\n",
        "1,5;-2;0\n3;4;1",
        "\n\n1.5\t-2\t0\n3\t4\t1\n",
        "1.5,-2,setosa\n3,4,versicolor\n",
        '1.5,-2,"a;b"\n3,4,c\n',
        "x,y,label\r1.5,-2,0\r3,4,1\r",
    ],
)
def test_separators_names_and_decimal_commas_of_many_tools_are_read(text: str) -> None:
    assert read(text) == POINTS


def test_what_is_written_is_read_again() -> None:
    points = [{"x": 0.1, "y": 1e-7, "label": 3, "held_out": True, "value": -2.5}]
    assert read(points_to_csv(points)) == points


def test_words_become_classes_in_order_of_appearance() -> None:
    found = points_from_csv(b"class,x,y\nb,1,2\na,1,2\nb,1,2\n", "classification")
    assert [point["label"] for point in found.points] == [0, 1, 0]
    assert found.class_names == ["b", "a"]
    assert points_from_csv(b"x,y,label\n1,2,0\n", "classification").class_names == []


@pytest.mark.parametrize("task", UNNAMED)
def test_without_names_the_columns_are_the_tasks(task: str) -> None:
    columns = UNNAMED[task]
    assert list(read(",".join("123"[: len(columns)]) + "\n", task)[0]) == list(columns)
    assert list(read("1,2\n", task)[0]) == ["x", "y"]
    assert refusal("1,2,3,4\n", task) == (
        f"Without a first row of names the columns are {', '.join(columns)}; line 1 has 4."
    )


def test_columns_that_are_not_known_are_named_beside_those_that_are() -> None:
    said = refusal("x,y,colour,size\n1,2,red,3\n")
    assert said.startswith("The first row names columns that points do not have: colour, size. ")
    assert all(column in said for column in COLUMNS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There are no points in this text."),
        ("x,y\n", "There are no points in this text."),
        ("dear diary", 'The first row must name the columns x and y, or be a point; got "dear diary".'),
        ("x,y,label,class\n1,2,0,0\n", "The first row names a column twice: x, y, label, label."),
        ("x,y,label\n1,2\n", "Line 2 must have as many cells as line 1, 3; it has 2."),
        ("1,2,0\n1,2,0,5\n", "Line 2 must have as many cells as line 1, 3; it has 4."),
        ("x,y,label\n1,2,0.5\n", 'Line 2, label, must be a whole number, as the first label is; got "0.5".'),
        ("x,y,label\n1,2,a\n1,2,\n", 'Line 3, label, must be a class, as the other labels are; got "".'),
        ("x,y\n1,\n", 'Line 2, y, must be a number; got "".'),
        ("x;y\n1.234,5;2\n", 'Line 2, x, must be a number; got "1.234,5".'),
        ("\n\nx,y\n\n1_000,2\n", 'Line 5, x, must be a number; got "1_000".'),
        ("x,y\nnan,2\n", 'Line 2, x, must be a number; got "nan".'),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str, said: str) -> None:
    assert refusal(text) == said


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InvalidInput, match="UTF-8"):
        points_from_csv("x,y\n1,ü\n".encode("latin-1"), "classification")


def test_more_words_than_classes_are_refused() -> None:
    rows = "".join(f"0,0,word {number}\n" for number in range(MOST_CLASSES + 1))
    assert (
        refusal(rows) == f"The labels are {MOST_CLASSES + 1} different words; there are at most {MOST_CLASSES} classes."
    )
