"""The wording of what is refused: name, rule, value."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from nnlab.document.models import parse_document
from nnlab.document.wording import LONGEST_QUOTED_VALUE, MOST_ERRORS, broken_rule, invalid_input, quote
from nnlab.errors import InvalidInput
from nnlab.session.commands import RestoreModel
from tests.searching import examples
from tests.unit.making import CALM

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
# Where a value may stand in a document.
PLACES = [
    ("format",), ("title",), ("task",), ("classes",), ("points",), ("network",), ("training",), ("pace",), ("view",),
    ("network", "inputs"), ("network", "hidden"), ("network", "skips"), ("network", "seed"), ("network", "init_scale"),
    ("training", "max_norm"), ("training", "momentum"), ("training", "keep_prob"), ("training", "optimizer"),
    ("pace", "resolution"), ("view", "x_range"),
]  # fmt: skip


def errors_of(data: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        parse_document(data)
    return caught.value


@given(st.sampled_from(PLACES), json_values)
@settings(examples(300), derandomize=True)
def test_whatever_stands_in_a_document_it_is_taken_or_refused_in_our_words(place: tuple[str, ...], value: Any) -> None:
    data = {place[0]: value} if len(place) == 1 else {place[0]: {place[1]: value}}
    try:
        parse_document(data)
    except InvalidInput as error:
        assert error.errors
        for item in error.errors:
            assert item.message.startswith(item.field + " ")
            assert item.message.endswith(".")
            assert item.field == "body" or item.field.startswith(".".join(place))
            assert "Input should" not in item.message
            assert "of another type" not in item.message


def test_both_bounds_stand_in_the_sentence_whichever_is_broken() -> None:
    for value in (0.01, 1e6):
        message = errors_of({"pace": {"steps_per_second": value}}).detail
        assert message == f"pace.steps_per_second must be at least 0.1 and at most 50000; got {value}."


def test_a_field_that_may_be_empty_has_a_plain_path_and_both_bounds() -> None:
    error = errors_of({"training": {"max_norm": -1}})
    assert error.errors[0].field == "training.max_norm"
    assert error.detail == "training.max_norm must be at least 0.001 and at most 100; got -1."


@pytest.mark.parametrize("name", ["int", "float", "none", "colour"])
def test_an_unknown_field_is_named_whatever_its_name(name: str) -> None:
    assert errors_of({"training": {name: 1}}).detail == f"training.{name} is not a known field."


def test_the_branches_of_a_union_do_not_stand_in_the_path() -> None:
    with pytest.raises(ValidationError) as caught:
        RestoreModel(layers=[{"activation": "tanh", "weights": [[1, "two"]], "biases": [1e9]}])
    fields = {item.field for item in invalid_input(caught.value).errors}
    assert all(re.fullmatch(r"layers(\.0\.(weights|biases)(\.\d+)*)?", field) for field in fields)


def test_paths_lead_into_lists_and_pairs() -> None:
    error = errors_of({"network": {"hidden": [{}, {"units": 0}]}, "view": {"x_range": [0, "right"]}})
    assert {item.field for item in error.errors} == {"network.hidden.1.units", "view.x_range.1"}


def test_a_bound_of_a_pairs_item_is_looked_up_in_its_place() -> None:
    message = errors_of({"network": {"skips": [[0, 99]]}}).detail
    assert message == "network.skips.0.1 must be at least 1 and at most 9; got 99."


class Stranger(BaseModel):
    """A model that the wording has no schema of."""

    size: int = Field(1, ge=1, le=5)
    name: str = Field("", pattern="^a")


def test_of_a_strangers_field_the_broken_bound_is_named() -> None:
    with pytest.raises(ValidationError) as caught:
        Stranger(size=7)
    assert invalid_input(caught.value).detail == "size must be at most 5; got 7."
    with pytest.raises(ValidationError) as caught:
        Stranger(name="b")
    assert invalid_input(caught.value).detail == 'name must match ^a; got "b".'


@pytest.mark.parametrize("count", [1, 2, MOST_ERRORS, MOST_ERRORS + 1, 500])
def test_the_summary_counts_all_errors_and_lists_some(count: int) -> None:
    error = errors_of({"points": [{"x": "left", "y": 0}] * count})
    assert len(error.errors) == min(count, MOST_ERRORS)
    more = "" if count == 1 else f" ({count - 1} more)"
    assert error.detail == error.errors[0].message + more


def test_a_broken_rule_is_name_rule_value() -> None:
    error = broken_rule("steps", "must be at most 10", 20)
    assert error.detail == "steps must be at most 10; got 20."
    assert [(item.field, item.message) for item in error.errors] == [("steps", error.detail)]


@given(json_values)
@CALM
def test_a_short_value_is_quoted_as_json_and_a_long_one_is_cut(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    said = quote(value)
    if len(text) <= LONGEST_QUOTED_VALUE:
        assert said == text
    else:
        assert said == text[:LONGEST_QUOTED_VALUE] + "…"


def test_a_value_that_is_no_json_is_quoted_all_the_same() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert quote(endless) == "list"
    assert quote({1, 2}) == '"{1, 2}"'
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    assert len(quote(deep)) <= LONGEST_QUOTED_VALUE + 1


@pytest.mark.parametrize(
    ("weights", "field", "rule"),
    [
        ([[1, 2], ["a", 4]], "weights.1.0", 'must be a number; got "a"'),
        ([[1, 2], [3, 1e9]], "weights.1.1", "must be at most 1000000; got 1000000000.0"),
        ([[1, 2], 3], "weights.1", "must be a list; got 3"),
        ([[[1, 2], [3, "a"]]], "weights.0.1.1", 'must be a number; got "a"'),
        ("a", "weights", 'must be a list; got "a"'),
    ],
)
def test_one_wrong_weight_is_one_error_whichever_form_the_layer_has(weights: Any, field: str, rule: str) -> None:
    layer = {"activation": "tanh", "weights": weights, "biases": [0, 0]}
    with pytest.raises(ValidationError) as caught:
        RestoreModel.model_validate({"layers": [layer]})
    found = [(error.field, error.message) for error in invalid_input(caught.value).errors]
    assert found == [(f"layers.0.{field}", f"layers.0.{field} {rule}.")]


def test_a_field_that_nobody_knows_is_named_whatever_its_name() -> None:
    fields = {error.field for error in errors_of({"a[0]": 1, "b[0]": 2, "title": 3}).errors}
    assert fields == {"a[0]", "b[0]", "title"}


def test_an_endless_name_is_cut_short() -> None:
    error = errors_of({"x" * 10_000: 1})
    assert error.detail == "x" * LONGEST_QUOTED_VALUE + "… is not a known field."
