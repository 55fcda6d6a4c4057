"""The different texts of a column."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.files.table import texts as module
from nnlab.files.table.even import Lines, even_rows
from nnlab.files.table.texts import few_differ, texts_of
from tests.unit.making import CALM


@pytest.fixture(params=["slots of their own", "one slot for all"])
def slots(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two different texts may share a slot they are told apart all the same."""
    if request.param == "one slot for all":
        monkeypatch.setattr(module, "SCATTER", np.uint64(0))


@pytest.mark.usefixtures("slots")
@given(st.lists(st.sampled_from(["cat", "dog", " dog", "cow ", "", "Kätzchen", "eightlet", "nine letters", "1", "-1"])))
@CALM
def test_a_column_of_bytes_says_what_its_cells_say(cells: list[str]) -> None:
    found = even_rows(Lines("\n".join(f"{cell},x" for cell in ["first", *cells])), ",")
    assert found is not None
    column, _ = found.columns(0)
    texts = texts_of(column)
    alone = texts_of(["first", *(cell.strip() for cell in cells)])
    assert texts.texts == alone.texts
    assert texts.codes.tolist() == alone.codes.tolist()


def test_each_text_stands_once_in_the_order_in_which_they_come() -> None:
    texts = texts_of(["b", "a", "b", "c", "a"])
    assert texts.texts == ["b", "a", "c"]
    assert texts.codes.tolist() == [0, 1, 0, 2, 1]
    assert texts.counts() == [2, 2, 1]
    assert texts.first().tolist() == [0, 1, 3]


def test_few_differ_where_the_same_comes_over_and_over() -> None:
    assert few_differ(["a", "b"] * 5000)
    assert not few_differ([str(number) for number in range(5000)])
